// German, old wordings and new.
import type { Language } from './language.js';

export const GERMAN: Language = {
  code: 'de',
  you: ['Du', 'du', 'dich', 'dir', 'Sie'],
  and: [' und '],
  events: {
    'encryption-notice': ['*Ende-zu-Ende-(verschlüsselt|Verschlüsselung)*', '*Ende-zu-Ende verschlüsselt*'],
    'group-created': [
      '{a} (hat|hast|haben) die (Gruppe|Community) {s} erstellt',
      '{a} (hat|hast|haben) die Gruppe erstellt',
    ],
    'member-joined-by-link': [
      '{a} (ist|bist) [der Gruppe ](mithilfe|mit Hilfe|mittels|über|per|durch)*(Einladungslink|Einladungslinks|Link|Links|Einladung)* beigetreten',
      '{a} (ist|bist) der (Gruppe|Community)*beigetreten',
      '{a} (ist|bist) beigetreten',
    ],
    'member-added': [
      '{a} (hat|hast|haben) {t} [zur Gruppe ]hinzugefügt',
      '{t} (wurde|wurden|wurdest) [von {a} ]hinzugefügt',
    ],
    'member-removed': [
      '{a} (hat|hast|haben) {t} [aus der Gruppe ]entfernt',
      '{t} (wurde|wurden|wurdest) [von {a} ]entfernt',
    ],
    'member-left': ['{a} (hat|hast|haben) die (Gruppe|Community) verlassen', '{a} (hat|hast) verlassen'],
    'subject-changed': [
      '{a} (hat|hast|haben) (den Betreff|den Namen|den Gruppennamen|den Namen der Gruppe) von {o} (zu|in|auf) {s} geändert',
      '{a} (hat|hast|haben) (den Betreff|den Namen|den Gruppennamen|den Namen der Gruppe) (zu|in|auf) {s} geändert',
      '{a} (hat|hast|haben) die Gruppe[ von {o}] (zu|in) {s} umbenannt',
    ],
    'description-changed': ['{a} (hat|hast|haben) die (Gruppenbeschreibung|Beschreibung)*'],
    'icon-changed': ['{a} (hat|hast|haben) das (Gruppenbild|Gruppenfoto|Bild|Foto|Profilbild)*'],
    'number-changed': [
      '{n} (hat|ist) (zu|auf) {m} (gewechselt|geändert)',
      '{n} (hat|ist) *{m}*',
      '{a} (hat|hast) (die|seine|ihre|deine|eine neue) (Telefonnummer|Nummer|Handynummer)*',
    ],
    'admin-changed': [
      '{a} (ist|bist) (jetzt|nun|kein|nicht mehr)*Admin*',
      '{a} (hat|hast|haben) {t} zum Admin*',
      '{a} (hat|hast) {t} als Admin entfernt',
    ],
    pinned: ['{a} (hat|hast|haben) eine Nachricht (angepinnt|angeheftet|fixiert)*'],
    'setting-changed': [
      '{a} (hat|hast|haben) die (Gruppeneinstellungen|Einstellungen)*',
      '{a} (hat|hast|haben) *(selbstlöschende|Selbstlöschende|verschwindende)*',
      'Selbstlöschende Nachrichten*',
    ],
    other: ['{a}s Sicherheitsnummer*', 'Deine Sicherheitsnummer*', '*Sicherheitsnummer*', '{a} ist ein Kontakt*'],
  },
  deleted: {
    unknown: ['Diese Nachricht wurde gelöscht', 'Nachricht gelöscht'],
    own: ['Du hast diese Nachricht gelöscht', 'Sie haben diese Nachricht gelöscht'],
    admin: [
      'Diese Nachricht wurde von Admin',
      'Diese Nachricht wurde vom Admin',
      'Diese Nachricht wurde von einem Admin',
      'Admin hat diese Nachricht gelöscht',
    ],
  },
  edited: ['bearbeitet', 'geändert'],
  omitted: ['ausgeschlossen', 'weggelassen', 'ausgelassen', 'nicht enthalten', 'Einmalansicht'],
  attached: ['angehängt', 'Anhang', 'beigefügt'],
  location: ['Standort', 'Live-Standort'],
};
