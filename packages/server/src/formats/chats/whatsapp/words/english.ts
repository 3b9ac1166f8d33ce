// English, old wordings and new.
import type { Language } from './language.js';

export const ENGLISH: Language = {
  code: 'en',
  you: ['You', 'you', 'your'],
  and: [' and '],
  events: {
    'encryption-notice': [
      'Messages and calls are end-to-end encrypted*',
      'Messages you send to this *end-to-end encryption*',
      'Messages to this *are now secured with end-to-end encryption*',
      'Messages to this *are end-to-end encrypted*',
      '*end-to-end encrypted*',
    ],
    'group-created': [
      '{a} created [this |the ]group {s}',
      '{a} created [this |the ]group',
      'Group {s} was created by {a}',
      '{a} created [this |the ](community|announcement group) {s}',
    ],
    'member-joined-by-link': [
      "{a} joined using (this group's|an|a|your|the group) invite[ link]",
      '{a} joined (via|using|from|with|through) [the |an |this |a ](invite|invitation|group)*',
      '{a} joined from the community',
      '{a} joined [this |the ](group|community)',
      '{a} joined',
    ],
    'member-added': [
      '{a} added {t} to (this|the) (group|community)',
      '{a} added {t}',
      '{t} (was|were) added by {a}',
      '{t} (was|were) added',
    ],
    'member-removed': [
      '{a} removed {t} from (this|the) (group|community)',
      '{a} removed {t}',
      '{t} (was|were) removed by {a}',
      '{t} (was|were) removed',
    ],
    'member-left': ['{a} left (the|this) (group|community)', '{a} left', '{a} exited the group'],
    'subject-changed': [
      "{a} changed (the|this group's) (group name|subject|group subject|name) from {o} to {s}",
      "{a} changed (the|this group's) (group name|subject|group subject|name) to {s}",
      '{a} renamed (the|this) group[ from {o}] to {s}',
    ],
    'description-changed': [
      "{a} (changed|deleted|updated|set) (the|this group's) (group )description*",
      '{a} (changed|deleted|updated) the description of *',
    ],
    'icon-changed': [
      "{a} (changed|deleted|removed|set|updated) (this group's|the group|the group's|this) (icon|photo|picture)*",
    ],
    'number-changed': [
      '{n} changed to {m}',
      '{a} changed (their|to a new) phone number*',
      '{a} changed to {m}',
      '{a} [has ]changed (his|her|their) [phone ]number*',
      '{a} has a new phone number*',
    ],
    'admin-changed': [
      '{a} (is|are) (now|no longer) an admin*',
      '{a} made {t} [an ][group ]admin',
      '{a} (dismissed|demoted|removed) {t} (as|from) [an ][group ]admin',
      '{a} promoted {t} to [group ]admin',
    ],
    pinned: ['{a} pinned a message', '{a} (pinned|unpinned) a message*'],
    call: [
      '(Missed|Silenced|Declined|Incoming|Outgoing) [group ][voice |video ]call*',
      '{a} started a [group ][voice |video ]call*',
      '(Voice|Video|Group) call*',
    ],
    'setting-changed': [
      "{a} changed (this group's|the group|the) settings*",
      '{a} (turned on|turned off|updated|set|changed) [the ](disappearing messages|message timer|advanced chat privacy|admin approval)*',
      '{a} uses a default timer for disappearing messages*',
      '{a} (allowed|restricted)*',
      'Only admins can*',
      'All members can*',
      'Disappearing messages *',
    ],
    other: [
      'Your security code with {a} changed*',
      "{a}'s security code changed*",
      '{a} (is a contact|is not in your contacts|blocked*|unblocked*)',
      '{a} requested to join*',
      'This (business|chat|group|message)*',
      'Waiting for this message*',
      '{a} created (a|an) (event|poll)*',
      'Tap to *',
    ],
  },
  deleted: {
    unknown: ['This message was deleted', 'Message deleted', 'This message has been deleted'],
    own: ['You deleted this message'],
    admin: ['This message was deleted by admin', 'Admin deleted this message', 'You deleted this message as admin'],
  },
  edited: ['edited'],
  omitted: ['omitted', 'excluded', 'not included', 'view once', 'media skipped'],
  attached: ['attached', 'attachment', 'file attached'],
  location: ['location', 'Location', 'Live location', 'live location'],
};
