// Dutch, Swedish, Danish and Norwegian, old wordings and new. German and English have their own files.
import type { Language } from './language.js';

export const DUTCH: Language = {
  code: 'nl',
  you: ['Je', 'je', 'Jij', 'jou', 'U', 'u', 'jouw'],
  and: [' en '],
  events: {
    'encryption-notice': ['*end-to-end*(versleuteld|versleuteling)*'],
    'group-created': [
      '{a} (heeft|hebt|hebben) (de|deze) groep {s} (gemaakt|aangemaakt)',
      '{a} (heeft|hebt) (de|deze) groep (gemaakt|aangemaakt)',
      '{a} maakte (de|deze) groep {s}[ aan]',
    ],
    'member-joined-by-link': [
      '{a} (is|bent) (lid geworden|toegetreden|deelgenomen)*(link|uitnodiging)*',
      '{a} (neemt|nam|neem) deel*(link|uitnodiging)*',
      '{a} (is|bent) (lid geworden|toegetreden)*',
    ],
    'member-added': [
      '{a} (heeft|hebt|hebben) {t} (toegevoegd|aan de groep toegevoegd)',
      '{t} (is|zijn|bent) (toegevoegd)[ door {a}]',
      '{a} voegde {t} toe',
    ],
    'member-removed': [
      '{a} (heeft|hebt|hebben) {t} (verwijderd|uit de groep verwijderd)',
      '{t} (is|zijn|bent) verwijderd[ door {a}]',
      '{a} verwijderde {t}',
    ],
    'member-left': [
      '{a} (heeft|hebt) (de groep|deze groep|de community) verlaten',
      '{a} (verliet de groep|is vertrokken|heeft verlaten)',
      '{a} verliet',
    ],
    'subject-changed': [
      '{a} (heeft|hebt) (het onderwerp|de naam|de groepsnaam|het groepsonderwerp)[ van de groep| van deze groep] (gewijzigd|veranderd)[ van {o}] (naar|in) {s}',
      '{a} (heeft|hebt) (het onderwerp|de naam|de groepsnaam|het groepsonderwerp)[ van de groep| van deze groep][ van {o}] (naar|in) {s} (gewijzigd|veranderd)',
      '{a} (wijzigde|veranderde) (het onderwerp|de groepsnaam)[ van {o}] (naar|in) {s}',
    ],
    'description-changed': ['{a} (heeft|hebt) de (groepsbeschrijving|beschrijving|groepsomschrijving|omschrijving)*'],
    'icon-changed': [
      '{a} (heeft|hebt) (de groepsafbeelding|het groepspictogram|de groepsfoto|het groepsicoon|de afbeelding|het pictogram|de foto)*',
    ],
    'number-changed': [
      '{n} (is gewijzigd|is veranderd|is overgestapt|heeft gewijzigd) (naar|in) {m}',
      '{n} (is|heeft) *{m}*',
      '{a} (heeft|hebt) (een nieuw|zijn|haar|hun|het) (telefoonnummer|nummer)*',
    ],
    'admin-changed': [
      '{a} (is|bent) (nu|geen|niet langer|nu een) *(beheerder|admin)*',
      '{a} (heeft|hebt) {t} *(beheerder|admin)*',
    ],
    pinned: ['{a} (heeft|hebt) een bericht (vastgezet|vastgemaakt)*'],
    call: [
      'Gemiste *(oproep|gesprek)*',
      '(Gemiste|Spraakoproep|Video-oproep|Groepsgesprek|Oproep)*',
      '{a} (heeft|is) een *(oproep|gesprek)* (gestart|begonnen)',
    ],
    'setting-changed': [
      '{a} (heeft|hebt) de (groepsinstellingen|instellingen)*',
      '{a} (heeft|hebt) *(zelfverwijderende|verdwijnende|tijdelijke) berichten*',
      '{a} (heeft|hebt) *(ingeschakeld|uitgeschakeld)*',
    ],
    other: ['*beveiligingscode*', '{a} heeft gevraagd *'],
  },
  deleted: {
    unknown: ['Dit bericht is verwijderd', 'Dit bericht werd verwijderd', 'Bericht verwijderd'],
    own: [
      'Je hebt dit bericht verwijderd',
      'U hebt dit bericht verwijderd',
      'Jij hebt dit bericht verwijderd',
      'U heeft dit bericht verwijderd',
    ],
    admin: [
      'Dit bericht is verwijderd door beheerder',
      'Dit bericht is verwijderd door de beheerder',
      'Dit bericht is verwijderd door een beheerder',
      'Dit bericht is door beheerder',
      'Dit bericht is door een beheerder',
      'Beheerder heeft dit bericht',
    ],
  },
  edited: ['bewerkt', 'gewijzigd'],
  omitted: ['weggelaten', 'uitgesloten', 'niet opgenomen', 'eenmalige weergave'],
  attached: ['bijgevoegd', 'bijlage', 'bestand bijgevoegd'],
  location: ['locatie', 'live locatie', 'live-locatie'],
};

export const SWEDISH: Language = {
  code: 'sv',
  you: ['Du', 'du', 'dig'],
  and: [' och '],
  events: {
    'encryption-notice': ['*(end-to-end|ända till ända|totalsträckskrypter|änd-till-änd|helsträcks)*'],
    'group-created': ['{a} (skapade|har skapat) gruppen[ {s}]'],
    'member-joined-by-link': [
      '{a} (gick med|har gått med|anslöt|anslöt sig) *(länk|inbjudan)*',
      '{a} (gick med|har gått med|anslöt sig)[ i gruppen| till gruppen]',
    ],
    'member-added': ['{a} (lade till|la till|har lagt till) {t}', '{t} (lades till|har lagts till)[ av {a}]'],
    'member-removed': ['{a} (tog bort|har tagit bort|avlägsnade) {t}', '{t} (togs bort|har tagits bort)[ av {a}]'],
    'member-left': ['{a} (lämnade|har lämnat)[ gruppen]', '{a} har lämnat'],
    'subject-changed': [
      '{a} (ändrade|bytte|har ändrat|har bytt) (gruppens namn|gruppnamnet|ämnet|gruppens ämne|namnet)[ på gruppen][ från {o}] till {s}',
    ],
    'description-changed': [
      '{a} (ändrade|har ändrat|tog bort) (gruppbeskrivningen|gruppens beskrivning|beskrivningen)*',
    ],
    'icon-changed': [
      '{a} (ändrade|bytte|har ändrat|tog bort) (gruppens ikon|gruppikonen|gruppbilden|gruppens bild|ikonen)*',
    ],
    'number-changed': [
      '{n} (ändrades|bytte|har ändrats|har bytt|ändrade) till {m}',
      '{a} (ändrade|bytte|har bytt|har ändrat) (telefonnummer|sitt telefonnummer|sitt nummer|nummer)*',
    ],
    'admin-changed': ['{a} är (nu|inte längre) *admin*'],
    pinned: ['{a} (fäste|har fäst|nålade fast) ett meddelande*'],
    call: ['Missat *samtal*', '(Röstsamtal|Videosamtal|Gruppsamtal)*', '{a} startade ett *samtal*'],
    'setting-changed': [
      '{a} (ändrade|har ändrat) (gruppens inställningar|gruppinställningarna|inställningarna)*',
      '{a} (aktiverade|inaktiverade|slog på|stängde av|har aktiverat) *',
      '*försvinnande meddelanden*',
    ],
    other: ['*säkerhetskod*'],
  },
  deleted: {
    unknown: [
      'Det här meddelandet raderades',
      'Det här meddelandet har raderats',
      'Detta meddelande raderades',
      'Detta meddelande har raderats',
      'Det här meddelandet togs bort',
      'Meddelandet raderades',
      'Meddelandet har raderats',
      'Detta meddelande togs bort',
    ],
    own: [
      'Du raderade det här meddelandet',
      'Du har raderat det här meddelandet',
      'Du raderade detta meddelande',
      'Du har raderat detta meddelande',
      'Du tog bort det här meddelandet',
      'Du tog bort detta meddelande',
    ],
    admin: [
      'Det här meddelandet raderades av admin',
      'Det här meddelandet raderades av en admin',
      'Detta meddelande raderades av admin',
      'En admin raderade',
      'Admin raderade',
    ],
  },
  edited: ['redigerad', 'redigerat', 'redigerades', 'ändrat'],
  omitted: ['utelämna', 'utesluten', 'uteslutna', 'uteslöts', 'ej inkluderad', 'medföljer ej'],
  attached: ['bifogad', 'bifogat', 'fil bifogad', 'bilaga', 'bifogades'],
  location: ['plats', 'liveplats', 'realtidsplats'],
};

export const DANISH: Language = {
  code: 'da',
  you: ['Du', 'du', 'dig'],
  and: [' og '],
  events: {
    'encryption-notice': ['*end-to-end*'],
    'group-created': ['{a} (oprettede|har oprettet) gruppen[ {s}]'],
    'member-joined-by-link': ['{a} (deltog|tilsluttede sig|blev medlem|er blevet medlem) *(link|invitation)*'],
    'member-added': ['{a} (tilføjede|har tilføjet) {t}', '{t} blev tilføjet[ af {a}]'],
    'member-removed': ['{a} (fjernede|har fjernet) {t}', '{t} blev fjernet[ af {a}]'],
    'member-left': ['{a} (forlod|har forladt)[ gruppen]'],
    'subject-changed': ['{a} (ændrede|har ændret) (gruppens navn|gruppenavnet|emnet)[ fra {o}] til {s}'],
    'icon-changed': ['{a} (ændrede|har ændret) (gruppens ikon|gruppeikonet|gruppebilledet)*'],
    'number-changed': [
      '{n} (skiftede|ændrede|er ændret|er skiftet) til {m}',
      '{a} (skiftede|ændrede|har skiftet|har ændret) (telefonnummer|sit nummer)*',
    ],
    call: ['Ubesvaret *'],
    other: ['*sikkerhedskode*'],
  },
  deleted: {
    unknown: ['Denne besked blev slettet', 'Denne besked er slettet', 'Denne meddelelse blev slettet'],
    own: ['Du slettede denne besked', 'Du har slettet denne besked', 'Du slettede denne meddelelse'],
    admin: ['Denne besked blev slettet af admin'],
  },
  edited: ['redigeret'],
  omitted: ['udeladt', 'udelukket'],
  attached: ['vedhæftet', 'fil vedhæftet'],
  location: ['placering', 'live-placering'],
};

export const NORWEGIAN: Language = {
  code: 'nb',
  you: ['Du', 'du', 'deg'],
  and: [' og '],
  events: {
    'encryption-notice': ['*(ende-til-ende|ende til ende)*'],
    'group-created': ['{a} (opprettet|har opprettet) gruppen[ {s}]'],
    'member-joined-by-link': ['{a} (ble med|har blitt med|ble medlem) *(lenke|lenken|invitasjon)*'],
    'member-added': ['{a} (la til|har lagt til) {t}', '{t} ble lagt til[ av {a}]'],
    'member-removed': ['{a} (fjernet|har fjernet) {t}', '{t} ble fjernet[ av {a}]'],
    'member-left': ['{a} (forlot|har forlatt)[ gruppen]'],
    'subject-changed': ['{a} (endret|har endret) (gruppenavnet|navnet|emnet|gruppens navn)[ fra {o}] til {s}'],
    'icon-changed': ['{a} (endret|har endret) (gruppeikonet|gruppebildet|ikonet)*'],
    'number-changed': [
      '{n} (byttet|endret|er endret) til {m}',
      '{a} (byttet|endret|har byttet) (telefonnummer|nummer)*',
    ],
    call: ['Tapt *', 'Ubesvart *'],
    other: ['*sikkerhetskode*'],
  },
  deleted: {
    unknown: ['Denne meldingen ble slettet', 'Meldingen ble slettet'],
    own: ['Du slettet denne meldingen'],
    admin: ['Denne meldingen ble slettet av admin'],
  },
  edited: ['redigert'],
  omitted: ['utelatt', 'utelukket'],
  attached: ['vedlagt', 'fil vedlagt'],
  location: ['posisjon', 'direkteposisjon'],
};
