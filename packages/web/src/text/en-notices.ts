// What notices say, in English.
type Detail = Readonly<Record<string, string>>;

export const notices = {
  title: 'Notices',
  bell: (n: number) => (n === 0 ? 'Notices' : `Notices, ${n} unread`),
  empty: 'Nothing has to be told to you.',
  teach: 'Invitations to operations, break-glass access to your cases, and agencies to contact appear here.',
  unread: 'Unread only',
  all: 'All',
  readAll: 'Mark all as read',
  read: 'Mark as read',
  notice: 'Notice',
  open: 'Open',
  words: {
    invitation: ({ agency, officer, operation }: Detail) =>
      `${officer} of ${agency} invites your agency to the operation ${operation}`,
    'invitation-answered': ({ agency, answer, operation }: Detail) =>
      `${agency} ${answer === 'accepted' ? 'has joined' : 'declined to join'} the operation ${operation}`,
  },
};
