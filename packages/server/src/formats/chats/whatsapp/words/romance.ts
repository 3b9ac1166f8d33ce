// Spanish, French, Italian, Portuguese and Romanian, old wordings and new.
import type { Language } from './language.js';

export const SPANISH: Language = {
  code: 'es',
  you: ['Tú', 'tú', 'ti', 'Usted', 'usted', 'te'],
  and: [' y ', ' e '],
  events: {
    'encryption-notice': [
      '*(cifrados|cifradas|cifrado) de extremo a extremo*',
      '*(encriptados|encriptadas) de extremo a extremo*',
    ],
    'group-created': [
      '{a} (creó|creaste|ha creado|has creado) (el|este) grupo[ {s}]',
      '@(Creaste|Has creado) (el|este) grupo[ {s}]',
      'El grupo {s} fue creado por {a}',
    ],
    'member-joined-by-link': [
      '{a} (se unió|te uniste|se ha unido) *(enlace|invitación|link|vínculo)*',
      '@(Te uniste|Te has unido) *(enlace|invitación|link|vínculo)*',
      '{a} (se unió|te uniste|se ha unido)[ al grupo| a la comunidad| desde la comunidad]',
    ],
    'member-added': [
      '{a} te (añadió|agregó|ha añadido|ha agregado)[ al grupo] >me',
      '@(Añadiste|Agregaste|Has añadido|Has agregado) a {t}',
      '{a} (añadió|agregó|añadiste|agregaste|ha añadido|ha agregado) a {t}[ al grupo]',
      '{a} (añadió|agregó|añadiste|agregaste|ha añadido|ha agregado) {t}',
      'Te (añadieron|agregaron)* >me',
      '{t} fue (añadido|añadida|agregado|agregada)[ por {a}]',
    ],
    'member-removed': [
      '{a} te (eliminó|expulsó|sacó|ha eliminado|ha expulsado)[ del grupo] >me',
      '@(Eliminaste|Expulsaste|Sacaste|Has eliminado|Has expulsado) a {t}[ del grupo]',
      '{a} (eliminó|eliminaste|expulsó|expulsaste|sacó|sacaste|quitó|ha eliminado|ha expulsado) a {t}[ del grupo]',
      'Te (eliminaron|expulsaron|sacaron)* >me',
      '{t} fue (eliminado|eliminada|expulsado|expulsada)[ por {a}]',
    ],
    'member-left': [
      '{a} (salió|ha salido|abandonó|ha abandonado|dejó)[ del grupo| el grupo]',
      '@(Saliste|Has salido)[ del grupo]',
      '@(Abandonaste|Dejaste) el grupo',
    ],
    'subject-changed': [
      '@(Cambiaste|Has cambiado) (el nombre|el asunto)[ del grupo][ de {o}] (a|por) {s}',
      '{a} (cambió|cambiaste|ha cambiado|has cambiado) (el nombre|el asunto)[ del grupo| de este grupo][ de {o}] (a|por) {s}',
    ],
    'description-changed': [
      '{a} (cambió|cambiaste|ha cambiado|eliminó|borró|actualizó) la descripción*',
      '@(Cambiaste|Eliminaste|Borraste) la descripción*',
    ],
    'icon-changed': [
      '{a} (cambió|cambiaste|ha cambiado|eliminó|borró|ha eliminado) (el ícono|el icono|la foto|la imagen)*',
      '@(Cambiaste|Eliminaste|Has cambiado) (el ícono|el icono|la foto|la imagen)*',
    ],
    'number-changed': [
      '{n} (cambió|ha cambiado) (a|al|por) {m}',
      '{a} (cambió|ha cambiado) (su|de|el) número*',
      '{a} cambió a {m}',
    ],
    'admin-changed': [
      '{a} (ahora es|ya es|ya no es|eres|ahora eres|ya no eres) *admin*',
      '@(Ahora eres|Ya no eres|Ya eres) *admin*',
      '{a} (nombró|designó|convirtió|hizo) *admin*',
    ],
    pinned: ['{a} (fijó|ha fijado|ancló|destacó) un mensaje*', '@(Fijaste|Anclaste|Has fijado) un mensaje*'],
    call: [
      '(Llamada|Videollamada) *perdida*',
      'Videollamada*',
      'Llamada*',
      '{a} (inició|ha iniciado) una (llamada|videollamada)*',
    ],
    'setting-changed': [
      '{a} (cambió|ha cambiado) (los ajustes|la configuración)*',
      '{a} (activó|desactivó|actualizó|ha activado|ha desactivado) *',
      '@(Activaste|Desactivaste|Actualizaste) *',
      '*mensajes temporales*',
    ],
    other: ['*código de seguridad*', '{a} solicitó unirse*', 'Esperando el mensaje*'],
  },
  deleted: {
    unknown: [
      'Se eliminó este mensaje',
      'Este mensaje fue eliminado',
      'Mensaje eliminado',
      'Se ha eliminado este mensaje',
      'Este mensaje se eliminó',
      'Este mensaje ha sido eliminado',
    ],
    own: ['Eliminaste este mensaje', 'Has eliminado este mensaje', 'Borraste este mensaje'],
    admin: [
      'Un administrador eliminó este mensaje',
      'Un admin. eliminó este mensaje',
      'Este mensaje fue eliminado por el admin',
      'Este mensaje fue eliminado por un admin',
      'El admin. eliminó',
      'El administrador eliminó',
    ],
  },
  edited: ['editó', 'editado', 'modificado'],
  omitted: ['omitid', 'multimedia omitido', 'excluid', 'no incluid', 'una vez'],
  attached: ['adjunto', 'archivo adjunto', 'adjuntado'],
  location: ['ubicación', 'ubicación en tiempo real'],
};

export const FRENCH: Language = {
  code: 'fr',
  you: ['Vous', 'vous', 'Tu', 'toi', 'te'],
  and: [' et '],
  events: {
    'encryption-notice': ['*(chiffrés|chiffrées|chiffrement) de bout en bout*', '*bout en bout*'],
    'group-created': ['{a} (a|avez|as) créé (le|ce) groupe[ {s}]', '{a} (a|avez) créé la communauté {s}'],
    'member-joined-by-link': [
      '{a} (a|avez|as) rejoint *(lien|invitation)*',
      "{a} s'est (joint|jointe) *(lien|invitation)*",
      '{a} (a|avez|as) rejoint (le|ce) groupe*',
      '{a} (a|avez|as) rejoint la communauté*',
    ],
    'member-added': [
      '{a} vous a (ajouté|ajoutée|ajouté(e))* >me',
      "{a} t'a ajouté* >me",
      '{a} (a|avez|as) ajouté {t}[ au groupe]',
      '{t} (a|ont) été (ajouté|ajoutée|ajoutés|ajoutées)[ par {a}]',
      '{a} a ajouté {t}',
    ],
    'member-removed': [
      '{a} vous a (retiré|supprimé|exclu|retirée|supprimée|exclue)* >me',
      '{a} (a|avez|as) (retiré|supprimé|exclu|enlevé) {t}[ du groupe]',
      '{t} (a|ont) été (retiré|retirée|supprimé|supprimée|exclu|exclue)[ par {a}]',
    ],
    'member-left': [
      '{a} (est|êtes|es) (parti|partie|parti(e)|parti(e)s|sorti|sortie|sorti(e))[ du groupe]',
      '{a} (a|avez|as) quitté[ le groupe| la communauté| ce groupe]',
    ],
    'subject-changed': [
      "{a} (a|avez|as) (changé|modifié) (le nom|le sujet|l'objet)[ du groupe| de ce groupe][ de] {o} (en|à|par|pour) {s}",
      "{a} (a|avez|as) (changé|modifié) (le nom|le sujet|l'objet)[ du groupe| de ce groupe] (en|à|par|pour) {s}",
      '{a} (a|avez|as) renommé (le|ce) groupe[ {o}] en {s}',
    ],
    'description-changed': ['{a} (a|avez|as) (changé|modifié|supprimé) la description*'],
    'icon-changed': ["{a} (a|avez|as) (changé|modifié|supprimé) (l'icône|la photo|l'image)*"],
    'number-changed': [
      '{n} (est passé|est passée|a changé|est passé(e)) (à|au|pour|en) {m}',
      '{a} (a|avez) (changé|modifié) (son|de|votre) numéro*',
      '{a} a changé pour {m}',
    ],
    'admin-changed': ["{a} (est|êtes|n'est|n'êtes) *admin*", '{a} (a|avez) nommé *admin*'],
    pinned: ['{a} (a|avez|as) épinglé un message*'],
    call: ['Appel *manqué*', 'Appel*', '{a} a (démarré|lancé|commencé) un appel*'],
    'setting-changed': [
      '{a} (a|avez|as) (changé|modifié) les (paramètres|réglages)*',
      '{a} (a|avez|as) (activé|désactivé|mis à jour) *',
      '*messages éphémères*',
    ],
    other: ['*code de sécurité*', '{a} a demandé à rejoindre*', 'En attente de ce message*'],
  },
  deleted: {
    unknown: ['Ce message a été supprimé', 'Message supprimé', 'Ce message a été effacé'],
    own: ['Vous avez supprimé ce message', 'Tu as supprimé ce message'],
    admin: [
      "Ce message a été supprimé par l'admin",
      'Ce message a été supprimé par un admin',
      'Un admin a supprimé',
      "L'admin a supprimé",
    ],
  },
  edited: ['modifié', 'édité'],
  omitted: ['absent', 'manquant', 'omis', 'exclu', 'non inclus', 'vue unique'],
  attached: ['pièce jointe', 'fichier joint', 'joint'],
  location: ['localisation', 'position', 'localisation en direct', 'position en direct'],
};

export const ITALIAN: Language = {
  code: 'it',
  you: ['Tu', 'tu', 'te', 'ti'],
  and: [' e ', ' ed '],
  events: {
    'encryption-notice': ['*(crittografati|crittografate|crittografia) end-to-end*', '*end-to-end*'],
    'group-created': ['@Hai creato (il|questo) gruppo[ {s}]', '{a} (ha|hai) creato (il|questo) gruppo[ {s}]'],
    'member-joined-by-link': [
      '{a} si è (unito|unita|unito/a)*(link|invito)*',
      '@Ti sei (unito|unita)*',
      '{a} (è entrato|è entrata) *(link|invito)*',
      '{a} si è (unito|unita)[ al gruppo| alla community]',
    ],
    'member-added': [
      '{a} ti ha (aggiunto|aggiunta)* >me',
      '@Hai aggiunto {t}',
      '{a} (ha|hai) aggiunto {t}[ al gruppo]',
      '{t} è (stato aggiunto|stata aggiunta)[ da {a}]',
    ],
    'member-removed': [
      '{a} ti ha (rimosso|rimossa)* >me',
      '@Hai rimosso {t}',
      '{a} (ha|hai) (rimosso|espulso|eliminato) {t}[ dal gruppo]',
      '{t} è (stato rimosso|stata rimossa)[ da {a}]',
    ],
    'member-left': [
      '@(Hai abbandonato|Sei uscito|Sei uscita)*',
      '{a} (ha abbandonato|è uscito|è uscita|ha lasciato)[ il gruppo| dal gruppo]',
    ],
    'subject-changed': [
      "@Hai (cambiato|modificato) (il nome|l'oggetto)[ del gruppo| di questo gruppo][ da {o}] (a|in) {s}",
      "{a} (ha|hai) (cambiato|modificato) (il nome|l'oggetto)[ del gruppo| di questo gruppo][ da {o}] (a|in) {s}",
      '{a} (ha|hai) rinominato il gruppo[ da {o}] (a|in) {s}',
    ],
    'description-changed': [
      '{a} ha (cambiato|modificato|eliminato) la descrizione*',
      '@Hai (cambiato|modificato|eliminato) la descrizione*',
    ],
    'icon-changed': [
      "{a} ha (cambiato|modificato|eliminato|rimosso) (l'immagine|l'icona|la foto)*",
      "@Hai (cambiato|modificato|eliminato|rimosso) (l'immagine|l'icona|la foto)*",
    ],
    'number-changed': [
      '{n} (è passato|è passata|ha cambiato|è cambiato) (a|in|al) {m}',
      '{a} ha (cambiato|modificato) (numero|il suo numero|il numero)*',
      '{a} è passato a {m}',
    ],
    'admin-changed': [
      '{a} (ora è|è ora|adesso è|non è più|è diventato) *amministrator*',
      '@(Ora sei|Sei ora|Non sei più|Adesso sei) *amministrator*',
    ],
    pinned: ['{a} ha fissato un messaggio*', '@Hai fissato un messaggio*'],
    call: ['(Chiamata|Videochiamata) *', '{a} ha (avviato|iniziato) una (chiamata|videochiamata)*'],
    'setting-changed': [
      '{a} ha (cambiato|modificato) le impostazioni*',
      '{a} ha (attivato|disattivato|aggiornato) *',
      '@Hai (attivato|disattivato|aggiornato) *',
      '*messaggi (effimeri|temporanei)*',
    ],
    other: ['*codice di sicurezza*', '{a} ha chiesto di unirsi*', 'In attesa del messaggio*'],
  },
  deleted: {
    unknown: ['Questo messaggio è stato eliminato', 'Messaggio eliminato', 'Questo messaggio è stato cancellato'],
    own: ['Hai eliminato questo messaggio', 'Hai cancellato questo messaggio'],
    admin: [
      "Questo messaggio è stato eliminato dall'amministratore",
      'Questo messaggio è stato eliminato da un amministratore',
      "Questo messaggio è stato eliminato dall'admin",
      "L'amministratore ha eliminato",
      'Un amministratore ha eliminato',
    ],
  },
  edited: ['modificato'],
  omitted: ['omess', 'escluso', 'esclusi', 'esclusa', 'non inclus', 'visualizza una volta'],
  attached: ['allegato', 'file allegato'],
  location: ['posizione', 'posizione in tempo reale'],
};

export const PORTUGUESE: Language = {
  code: 'pt-BR',
  you: ['Você', 'você', 'Tu', 'te', 'ti'],
  and: [' e '],
  events: {
    'encryption-notice': ['*(criptografia|criptografadas|encriptadas|encriptação) *ponta a ponta*', '*ponta a ponta*'],
    'group-created': ['{a} (criou|criaste) (o|este) grupo[ {s}]', '@(Criou|Criaste) (o|este) grupo[ {s}]'],
    'member-joined-by-link': [
      '{a} (entrou|aderiu|juntou-se) *(link|convite|ligação)*',
      '{a} (entrou|aderiu|juntou-se)[ no grupo| ao grupo| na comunidade| à comunidade]',
    ],
    'member-added': [
      '{a} (adicionou|adicionou-te) você >me',
      '{a} adicionou-te >me',
      '{a} te adicionou >me',
      '{a} (adicionou|adicionaste|acrescentou) {t}[ ao grupo]',
      '{t} foi (adicionado|adicionada|adicionado(a))[ por {a}]',
    ],
    'member-removed': [
      '{a} removeu-te >me',
      '{a} te removeu >me',
      '{a} (removeu|removeste|retirou|expulsou) {t}[ do grupo]',
      '{t} foi (removido|removida|removido(a))[ por {a}]',
    ],
    'member-left': [
      '{a} (saiu|saiu do grupo|saiu da comunidade|deixou o grupo|abandonou o grupo)',
      '@(Saíste|Saiu)[ do grupo]',
    ],
    'subject-changed': [
      '{a} (mudou|alterou|mudaste|alteraste) (o nome|o assunto)[ do grupo| deste grupo][ de {o}] (para|por) {s}',
      '{a} renomeou o grupo[ de {o}] para {s}',
    ],
    'description-changed': ['{a} (mudou|alterou|apagou|removeu|atualizou) a descrição*'],
    'icon-changed': ['{a} (mudou|alterou|apagou|removeu) (a imagem|o ícone|a foto)*'],
    'number-changed': [
      '{n} (mudou|alterou) para {m}',
      '{a} (mudou|alterou) (de|seu|o seu|o) número*',
      '{a} mudou para {m}',
    ],
    'admin-changed': ['{a} (agora é|é agora|não é mais|deixou de ser) *admin*', '{a} (tornou|promoveu) *admin*'],
    pinned: ['{a} (fixou|afixou) uma mensagem*'],
    call: ['(Chamada|Ligação|Videochamada) *', '{a} iniciou uma (chamada|ligação|videochamada)*'],
    'setting-changed': [
      '{a} (mudou|alterou) as (configurações|definições)*',
      '{a} (ativou|desativou|atualizou) *',
      '*mensagens temporárias*',
    ],
    other: ['*código de segurança*', '{a} pediu para entrar*', 'Aguardando mensagem*'],
  },
  deleted: {
    unknown: [
      'Mensagem apagada',
      'Esta mensagem foi apagada',
      'Esta mensagem foi eliminada',
      'Mensagem eliminada',
      'Essa mensagem foi apagada',
    ],
    own: [
      'Você apagou esta mensagem',
      'Você apagou essa mensagem',
      'Apagou esta mensagem',
      'Apagaste esta mensagem',
      'Eliminou esta mensagem',
      'Eliminaste esta mensagem',
    ],
    admin: [
      'Mensagem apagada pelo admin',
      'Mensagem apagada por um admin',
      'Esta mensagem foi apagada pelo admin',
      'Esta mensagem foi apagada por um admin',
      'Um admin apagou',
      'O admin apagou',
      'Mensagem apagada pelo(a) admin',
    ],
  },
  edited: ['editada', 'editado'],
  omitted: ['ocult', 'omitid', 'excluíd', 'não incluíd', 'visualização única'],
  attached: ['anexado', 'anexo', 'arquivo anexado', 'ficheiro anexado'],
  location: ['localização', 'localização em tempo real'],
};

export const ROMANIAN: Language = {
  code: 'ro',
  you: ['Tu', 'tu', 'te', 'Dvs.', 'dvs.'],
  and: [' și ', ' şi '],
  events: {
    'encryption-notice': [
      '*(criptate|criptare) (integral|end-to-end|de la un capăt la altul)*',
      '*end-to-end*',
      '*criptat* integral*',
    ],
    'group-created': ['@Ai creat grupul[ {s}]', '{a} (a|ai|ați) creat grupul[ {s}]'],
    'member-joined-by-link': [
      '{a} (s-a alăturat|a intrat|v-ați alăturat) *(link|invitație|invitați)*',
      '@(Te-ai alăturat|V-ați alăturat)*',
      '{a} (s-a alăturat|a intrat)[ în grup| grupului| comunității]',
    ],
    'member-added': [
      '{a} (te-a|v-a) (adăugat|adăugată)* >me',
      '@(Ai|Ați) (adăugat-o pe|adăugat pe|adăugat) {t}',
      '{a} (l-a|a|ai|i-a|le-a) (adăugat|adăugat-o) pe {t}',
      '{a} (a|ai|ați) adăugat {t}',
      '{t} a fost (adăugat|adăugată)[ de {a}]',
    ],
    'member-removed': [
      '{a} (te-a|v-a) (eliminat|scos|șters)* >me',
      '@(Ai|Ați|L-ai) (eliminat|scos|șters)[-o][ pe] {t}',
      '{a} (l-a|a|ai|i-a|le-a) (eliminat|eliminat-o|scos|scos-o|șters|șters-o)[ pe] {t}',
      '{t} a fost (eliminat|eliminată|scos|scoasă)[ de {a}]',
    ],
    'member-left': [
      '{a} (a ieșit|a părăsit grupul|a plecat|a ieșit din grup|a părăsit comunitatea)',
      '@(Ai ieșit|Ați ieșit|Ai părăsit)*',
    ],
    'subject-changed': [
      '{a} a (schimbat|modificat) (numele|subiectul)[ grupului][ din {o}| de la {o}] (în|la) {s}',
      '@(Ai|Ați) (schimbat|modificat) (numele|subiectul)[ grupului][ din {o}| de la {o}] (în|la) {s}',
    ],
    'description-changed': ['{a} a (schimbat|modificat|șters) descrierea*'],
    'icon-changed': ['{a} a (schimbat|modificat|șters) (pictograma|imaginea|poza|fotografia)*'],
    'number-changed': [
      '{n} (a schimbat|s-a schimbat|a trecut|s-a mutat) (în|la|cu|pe) {m}',
      '{a} (și-a schimbat|a schimbat) numărul*',
      '{a} a trecut la {m}',
    ],
    'admin-changed': ['{a} (este|nu mai este|acum este) *admin*', '@(Ești|Nu mai ești|Acum ești|Sunteți) *admin*'],
    pinned: ['{a} a fixat un mesaj*'],
    call: ['Apel *', '{a} a (început|inițiat) un apel*'],
    'setting-changed': [
      '{a} a (schimbat|modificat) setările*',
      '{a} a (activat|dezactivat|actualizat) *',
      '*(mesaje|mesajele) (temporare|efemere)*',
    ],
    other: ['*codul de securitate*'],
  },
  deleted: {
    unknown: ['Acest mesaj a fost șters', 'Mesaj șters', 'Mesajul a fost șters'],
    own: ['Ai șters acest mesaj', 'Ați șters acest mesaj'],
    admin: ['Acest mesaj a fost șters de admin', 'Acest mesaj a fost șters de un admin', 'Un admin a șters'],
  },
  edited: ['editat', 'modificat'],
  omitted: ['omis', 'exclus', 'neinclus'],
  attached: ['atașat', 'fișier atașat', 'ataşat'],
  location: ['locație', 'locația', 'locație în timp real'],
};
