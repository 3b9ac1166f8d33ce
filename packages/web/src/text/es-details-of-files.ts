// What exactly was refused, in Spanish, of exhibits, lists, exchange, packages, reports and requests of two persons.

export const detailsOfFiles: Readonly<Record<string, string>> = {
  // Exhibits and what is sent
  'no such exhibit of your agency': 'no existe ese indicio de su agencia',
  'the archive holds other bytes than when this exhibit was first ingested':
    'el archivo comprimido contiene otros bytes que cuando se ingirió por primera vez este indicio',
  '{0} changed while it was sealed again': '{0} cambió mientras se sellaba de nuevo',
  '{0} is reached through a link': 'a {0} se llega por un enlace',
  '{0} changed while it was read': '{0} cambió mientras se leía',
  'no key opens media {0}': 'ninguna clave abre el medio {0}',
  'no such ingest': 'no existe esa ingesta',
  'it is over': 'ya terminó',
  'again in {0} s': 'de nuevo en {0} s',
  '{0} contents are on their way, {1} may be': 'hay {0} contenidos en camino, puede haber {1}',
  '{0} bytes are on their way and {1} more, {2} may be': 'hay {0} bytes en camino y {1} más, puede haber {2}',
  'the archives that were sent last are being opened': 'se abren los archivos comprimidos enviados los últimos',
  'another sender is at work on it; it counts as gone after {0} s':
    'otro remitente trabaja en ello; se da por ido tras {0} s',
  '{0} is said to have {1} bytes, its content has {2}': 'de {0} se dijo que tiene {1} bytes, su contenido tiene {2}',
  'it is being ended': 'se está terminando',
  'begun with {0} bytes, now {1}': 'empezó con {0} bytes, ahora {1}',
  'chunk {0} does not have the digest that came with it': 'el trozo {0} no tiene el hash que llegó con él',
  'chunk {0} of {1}': 'trozo {0} de {1}',
  'chunk {0} has {1} bytes, {2} came': 'el trozo {0} tiene {1} bytes, llegaron {2}',
  'chunk {0} came with other bytes before': 'el trozo {0} llegó antes con otros bytes',
  'the pack ends within a content': 'el paquete termina dentro de un contenido',
  'content {0} does not have the SHA-256 {1}': 'el contenido {0} no tiene el SHA-256 {1}',
  '{0} of {1} chunks are here': 'están aquí {0} de {1} trozos',
  'what was sent is not {0}': 'lo enviado no es {0}',
  'asks for {0}, which no entry of the batch names': 'pide {0}, que ninguna entrada del lote nombra',
  'asks again and again for contents that were sent': 'pide una y otra vez contenidos ya enviados',
  '{0} is not what was hashed ({1})': '{0} no es aquello de lo que se calculó el hash ({1})',
  'exhibit {0} of {1}': 'indicio {0} de {1}',
  'exhibit {0} of {1} is {2}{3}; given was {4}{5}': 'el indicio {0} de {1} es {2}{3}; se dio {4}{5}',
  'no source is named': 'no se indica ningún origen',
  '{0} is neither a folder nor a file': '{0} no es una carpeta ni un archivo',
  '{0} is {1}': '{0} está {1w}',
  '{0}: only a folder can stay in place; an archive is copied into the vault':
    '{0}: solo una carpeta puede quedarse en su sitio; un archivo comprimido se copia en la bóveda',
  '{0}: name an exhibit as CASE/EXHIBIT': '{0}: nombre un indicio como CASO/INDICIO',
  'exhibit {0}': 'indicio {0}',
  'give one of operation, case and exhibit': 'indique uno de operación, caso e indicio',
  'give one of operation, case and exhibit, not several': 'indique uno de operación, caso e indicio, no varios',
  // Exchange and handling codes
  'nothing was named': 'no se indicó nada',
  'give one of {0}{1}': 'indique uno de {0}',
  'media {0} was taken away while the export was made: ask for it again':
    'el medio {0} se retiró mientras se hacía la exportación: pídala de nuevo',
  '{0}/{1} is {2} by now, stricter than {3}: ask for the export again':
    '{0}/{1} ya es {2}, más estricto que {3}: pida la exportación de nuevo',
  'what relates to it is of {0} too, and theirs to give':
    'lo que se relaciona con ello es también de {0}, y suyo para dar',
  '{0} is {1}, which does not reach {2}': '{0} es {1}, que no llega a {2}',
  'a case of your agency is kept from you: the list is released by somebody who sees all of them':
    'un caso de su agencia no es visible para usted: la lista la publica quien los ve todos',
  'nothing that you see is baseline for two agencies of different countries':
    'nada de lo que usted ve es «baseline» para dos agencias de distintos países',
  'no such contribution of your agency': 'no existe esa contribución de su agencia',
  'nothing of it that was named is still given': 'nada de lo que se nombró sigue cedido',
  '{0} was given no such file': 'a {0} no se le dio ese archivo',
  '{0} holds no file that could be read': '{0} no contiene ningún archivo que se pudiera leer',
  '{0} could not be read and has no digest, as {1} in all': '{0} no se pudo leer y no tiene hash, como {1} en total',
  '{0}: VICS is written in {1}': '{0}: VICS se escribe en {1}',
  '{0}: ICSE has a column for interpol-baseline@1 alone': '{0}: ICSE solo tiene columna para interpol-baseline@1',
  '{0} is of {1}, and theirs to give': '{0} es de {1}, y suyo para dar',
  'it holds what is {0}: say under which code the file is handled':
    'contiene lo que es {0}: diga con qué código se trata el archivo',
  'it holds what is {0}, which is stricter than {1}': 'contiene lo que es {0}, más estricto que {1}',
  'a code that reaches listed agencies lists them, any other does not':
    'un código que llega a agencias enumeradas las enumera; cualquier otro, no',
  '{0}: the traffic light protocol stays as a whole': '{0}: el protocolo TLP se queda entero',
  'a list carries a code': 'una lista lleva un código',
  // Lists
  'no such list': 'no existe esa lista',
  'list {0}: see redthread list list': 'lista {0}: vea redthread list list',
  'version {0} of list {1}: see redthread list show {2}': 'versión {0} de la lista {1}: vea redthread list show {2}',
  '{0} has passed: the list would never count': '{0} ya pasó: la lista nunca contaría',
  'a delta is applied to the version that it belongs to: name it with --onto':
    'un delta se aplica a la versión a la que pertenece: indíquela con --onto',
  'no hash in {0}{1}; --skip-bad-lines takes the rest': 'no hay hash en {0}{1}; --skip-bad-lines toma el resto',
  '{0}: {1}, and the first is {2}': '{0}: {1}, y el primero es {2}',
  'no file': 'ningún archivo',
  'list {0} version {1}': 'lista {0} versión {1}',
  'it is applied to no version that could end: name that with onto':
    'no se aplica a ninguna versión que pudiera terminar: indíquela con onto',
  'an operation of this reference: see redthread operation list':
    'una operación con esta referencia: vea redthread operation list',
  'the digest of an empty file never matches anyway': 'el hash de un archivo vacío no coincide nunca',
  '{0} on the negative list of your agency, or set aside there':
    '{0} en la lista negativa de su agencia, o apartado allí',
  '{0} on the negative list of your agency: see redthread list negative --all':
    '{0} en la lista negativa de su agencia: vea redthread list negative --all',
  '{0} counts again already': '{0} ya vuelve a contar',
  'no such digest on the negative list of your agency': 'no hay ese hash en la lista negativa de su agencia',
  'no such list of your agency': 'no existe esa lista de su agencia',
  '{0} version {1} since {2}': '{0} versión {1} desde {2}',
  '{0} of list {1}': '{0} de la lista {1}',
  'say which version: {0}': 'diga qué versión: {0}',
  '{0} times': '{0} veces',
  'its bytes are gone': 'sus bytes ya no están',
  'what was read of it is gone: have it read again': 'lo que se leyó de ello ya no está: haga que se lea de nuevo',
  'what lies in the vault is not what its sender signed: send it again':
    'lo que hay en la bóveda no es lo que firmó su remitente: envíelo de nuevo',
  'it says that it holds {0} media, and holds {1}': 'dice que contiene {0} medios, y contiene {1}',
  'the reading was stopped': 'se detuvo la lectura',
  '{0} bytes, and a part is 1 to {1}': '{0} bytes, y una parte tiene de 1 a {1}',
  'bytes from {0} on': 'bytes desde {0}',
  'file {0} of the upload, which has {1}': 'archivo {0} del envío, que tiene {1}',
  'to byte {0} of {1}, which has {2}': 'hasta el byte {0} de {1}, que tiene {2}',
  '{0}: from byte {1} on, and {2} are here': '{0}: desde el byte {1}, y hay aquí {2}',
  'it is a package, which is opened first: POST /packages': 'es un paquete, que se abre primero: POST /packages',
  'what a package is stands in it: only its code is told otherwise, when it is opened':
    'lo que es un paquete figura en él: solo su código se indica aparte, al abrirlo',
  '{0}: {1} of {2} bytes are here': '{0}: están aquí {1} de {2} bytes',
  'a package is one file, and the upload has {0}': 'un paquete es un solo archivo, y el envío tiene {0}',
  'format {0}: one of {1}': 'formato {0}: uno de {1}',
  '{0} bytes of lists are on their way and {1} more, {2} may be':
    'hay {0} bytes de listas en camino y {1} más, puede haber {2}',
  'no such upload of yours': 'no existe ese envío suyo',
  // Packages between instances
  'it was not signed by {0}': 'no lo firmó {0}',
  'its seal does not hold: {0}': 'su sello no es válido: {0}',
  'your agency has no key for packages yet': 'su agencia aún no tiene clave para paquetes',
  'the file holds the key {0}': 'el archivo contiene la clave {0}',
  'a key of {0}, {1}: remove it first where it has changed': 'una clave de {0}, {1}: si cambió, quítela primero',
  'no such key that your agency trusts': 'no hay esa clave entre las que su agencia da por buenas',
  'the key {0}': 'la clave {0}',
  'package {0} came in {1}, as list {2}': 'el paquete {0} llegó el {1}, como lista {2}',
  'no such package of your agency': 'no existe ese paquete de su agencia',
  'another file came in as package {0}': 'otro archivo llegó como paquete {0}',
  'its sender says {0}, which is stricter than {1}': 'su remitente dice {0}, más estricto que {1}',
  // Reports
  'the funnel: {0} files were seized, its parts have {1}':
    'el embudo: se incautaron {0} archivos, sus partes tienen {1}',
  'the funnel: {0} contents are unique, its parts have {1}':
    'el embudo: {0} contenidos son únicos, sus partes tienen {1}',
  'media {0} belongs to the series, and no file of it can be read':
    'el medio {0} pertenece a la serie, y no se puede leer ningún archivo suyo',
  'the schedule: the funnel counts {0} files, the exhibit has {1}':
    'la relación: el embudo cuenta {0} archivos, el indicio tiene {1}',
  'file {0}, {1}: its media {2} cannot be read': 'archivo {0}, {1}: su medio {2} no se puede leer',
  'a and b are one media: name two': 'a y b son un mismo medio: indique dos',
  'say what the report is for: set the purpose of the session, or send one':
    'diga para qué es el informe: indique la finalidad de la sesión, o envíe una',
  'the series connects with {0} {1}, a report tells {2}': 'la serie conecta con {0} {1}, un informe cuenta {2}',
  'it has {0} bytes, a ZIP takes {1}: make it with redthread report':
    'tiene {0} bytes, un ZIP admite {1}: hágalo con redthread report',
  'no sealer is at work': 'no trabaja ningún sellador',
  'the head of event {0} is gone': 'la cabeza del evento {0} ya no está',
  'no sealer signed it within 20 seconds': 'ningún sellador lo firmó en 20 segundos',
  // Requests of two persons, holds
  'exhibit {0} in that case: give it another reference there (--as)':
    'indicio {0} en ese caso: dele allí otra referencia (--as)',
  'case {0}: give it another reference here (--as)': 'caso {0}: dele aquí otra referencia (--as)',
  'it is in {0} already': 'ya está en {0}',
  'no agency is called {0}': 'ninguna agencia se llama {0}',
  'the case is yours already': 'el caso ya es suyo',
  'no request {0}': 'no existe la solicitud {0}',
  'request {0} is {1}: only what was done can be undone': 'la solicitud {0} está {1w}: solo se deshace lo que se hizo',
  'request {0} was undone or purged already': 'la solicitud {0} ya se deshizo o se purgó',
  "the case is {0}'s now: they hand it back with redthread case transfer, and it returns to its own line here":
    'el caso es ahora de {0}: lo devuelven con redthread case transfer, y vuelve aquí a su propia línea',
  '{0} cannot be undone': 'no se puede deshacer: {0w}',
  'the exhibit has gone on to {0}: undo that first': 'el indicio pasó luego a {0}: deshaga eso primero',
  '{0} leaves nothing to purge: only a withdrawn exhibit is kept aside':
    '{0w} no deja nada que purgar: solo se aparta un indicio retirado',
  'no exhibit {0}': 'no existe el indicio {0}',
  '{0} is {1}: name one of them': '{0} es {1}: indique uno de ellos',
  'say why, in words that can be read': 'diga por qué, con palabras que se puedan leer',
  'case {0} is {1}: it is too late for a hold': 'el caso {0} está {1w}: es tarde para una retención',
  'a hold of {0}: {1}': 'una retención de {0}: {1}',
  'no hold is on case {0}': 'el caso {0} no tiene ninguna retención',
  '{0} files have lost their content': '{0} archivos han perdido su contenido',
  'the exhibit is not {0} any more': 'el indicio ya no es {0}',
  'no case opens media {0}': 'ningún caso abre el medio {0}',
  'nothing is kept aside of it any more': 'ya no se aparta nada de ello',
  '{0}: somebody sends files into it': '{0}: alguien le envía archivos',
  'case {0} is {1}': 'el caso {0} está {1w}',
  'exhibits that were withdrawn from this case are kept aside: purge them, or bring them back':
    'los indicios retirados de este caso están apartados: púrguelos, o recupérelos',
  'an exhibit of it lies in place': 'un indicio suyo se quedó en su sitio',
  'the exhibit is not where it was': 'el indicio no está donde estaba',
  'request {0} asks for the same': 'la solicitud {0} pide lo mismo',
  'placed by {0} on {1} UTC: {2}': 'puesta por {0} el {1} UTC: {2}',
  'request {0}: {1}': 'solicitud {0}: {1}',
  'whoever asks does not confirm as well': 'quien pide no confirma además',
  'the account {0} of the system stands behind both': 'la cuenta {0} del sistema está detrás de ambos',
  '{0} has no account in your agency': '{0} no tiene cuenta en su agencia',
  '{0} may not {1}': '{0} no puede {1}',
  'this request waits for {0}': 'esta solicitud espera a {0}',
};
