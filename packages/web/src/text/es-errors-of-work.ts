// Spanish words of the codes about schemes, votes, connections, lists, exports, reports, searches and the noise of sensors.
import type { COMMAND_ERRORS, ErrorCode, ItemErrorCode } from '@redthread/core/errors';
import type { ErrorWords } from './en-errors.js';
import { providerErrors } from './es-errors-of-providers.js';
import { tlsErrors } from './es-errors-of-tls.js';

type WorkErrorCode = Exclude<ErrorCode, ItemErrorCode | keyof typeof COMMAND_ERRORS>;

export const workErrors: Readonly<Record<WorkErrorCode, ErrorWords>> = {
  ...providerErrors,
  ...tlsErrors,
  WORK_NOT_FAILED: {
    title: 'No falló nada que se pueda reintentar o apartar',
    next: 'redthread work failures CASO/INDICIO enumera lo que falló, con los ids.',
  },
  SCHEME_UNKNOWN: {
    title: 'No existe ese esquema',
    next: 'Vea redthread scheme list; un esquema se nombra con su versión.',
  },
  SCHEME_RETIRED: {
    title: 'Esta versión del esquema está retirada',
    next: 'Vote en la versión que la sustituyó; lo ya votado queda como está.',
  },
  SCHEME_INVALID: {
    title: 'El archivo de esquemas no se puede leer',
    next: 'Vea el lugar indicado, y docs/schemes.md.',
  },
  CODE_BARE: {
    title: 'Un código sin su esquema y versión',
    next: 'Escriba esquema@versión:código, como vic-default@2.0:0: el mismo número significa otra cosa en cada esquema.',
  },
  CODE_UNKNOWN: { title: 'El esquema no tiene ese código', next: 'Vea redthread scheme show ESQUEMA@VERSIÓN.' },
  MAP_UNKNOWN: {
    title: 'No hay correspondencia entre estos esquemas',
    next: 'Juzgue en el otro esquema, o pida a un operador que cargue una correspondencia: sin ella no se convierte nada.',
  },
  COMPETENCE_REQUIRED: {
    title: 'Antes de votar hay una prueba con imágenes dibujadas',
    next: 'Hágala: redthread verdict test ESQUEMA@VERSIÓN --out CARPETA, o la página Veredictos.',
  },
  TEST_ANSWERED: {
    title: 'La prueba ya está respondida',
    next: 'Empiece otra; cada una se conserva con su resultado.',
  },
  VOTE_RETRACTED: {
    title: 'El voto ya está retirado',
    next: 'No hay que hacer nada; vote de nuevo si juzga otra cosa.',
  },
  CLAIMED: {
    title: 'Otra persona trabaja en este',
    next: 'Siga con el siguiente. La reserva termina por sí sola a la hora indicada, o cuando esa persona haya decidido.',
  },
  DECISION_TAKEN: {
    title: 'El id. de esta decisión corresponde a otro voto',
    next: 'No se ha votado nada. Dé a cada acto de voto su propio id.; el mismo id. solo reenvía el mismo acto.',
  },
  REVIEWS_TOO_MANY: {
    title: 'Guarda tantas revisiones como puede una persona',
    next: 'Deje de guardar una: la página Revisión las enumera, o PUT /reviews/ID con el nombre null.',
  },
  REVIEW_NAME_TAKEN: {
    title: 'Guarda otra revisión con este nombre',
    next: 'Elija otro nombre, o deje de guardar la anterior.',
  },
  KEY_TAKEN: {
    title: 'La tecla hace otra cosa en la misma página',
    next: 'Elija otra tecla, o dé otra en el mismo paso a lo que la tiene.',
  },
  ASSERTION_IMPOSSIBLE: {
    title: 'Estos dos no se pueden relacionar así',
    next: 'Vea en docs/series-and-entities.md qué clases relaciona cada tipo; nada se relaciona consigo mismo.',
  },
  ASSERTION_RETRACTED: { title: 'Ya está retirado', next: 'No hay que hacer nada; dígalo de nuevo si al final vale.' },
  SERIES_NOT_IDENTIFIED: {
    title: 'La serie no está como identificada',
    next: 'Identifíquela primero: redthread series status SERIE identified. Después comuníquelo.',
  },
  ASK_NOBODY: {
    title: 'No se preguntaría a nadie',
    next: 'Indique países de miembros de la operación, por sus dos letras, o ninguno para preguntar a todos.',
  },
  ASK_NOT_LOOKED: {
    title: 'Quien confirma tiene que haber visto el recorte',
    next: 'Véalo antes: redthread ask crop NÚMERO --out ARCHIVO, o en la página de la operación.',
  },
  TASK_DOER_INVALID: {
    title: 'La tarea no se puede encargar a estos',
    next: 'Indique una agencia de la operación por su nombre exacto, o por su usuario un colega suyo que vea de qué trata.',
  },
  EXTERNAL_ID_INVALID: {
    title: 'El número externo no se puede guardar como está',
    next: 'Indique quién lo asignó, o corrija el número: nada se adivina.',
  },
  CONNECTIONS_BEING_READ: {
    title: 'Se está leyendo lo que conecta',
    next: 'Pregunte de nuevo en un momento: sigue entretanto, y se conserva una vez leído.',
  },
  CONNECTIONS_TOO_MANY: {
    title: 'Lo que usted ve es más de lo que cabe en la memoria para conexiones',
    next: 'Suba REDTHREAD_CONNECTIONS_MEMORY_MB, o ponga lo que todos tienen en una lista de material lícito conocido. No se dice nada antes que decir una parte.',
  },
  CONNECTIONS_UNAVAILABLE: {
    title: 'El proceso que conserva lo que conecta no está',
    next: 'Reintente en un momento; se arranca de nuevo, y vuelve a leer lo que conservaba.',
  },
  CONTACT_ANSWERED: {
    title: 'El contacto no retrocede',
    next: 'Un contacto se da por recibido, por contactado y después se cierra; lo cerrado queda así. Vea redthread contact show.',
  },
  EXPORT_INCOMPLETE: {
    title: 'La exportación omitiría algo',
    next: 'Vea lo indicado. Nada se omite en silencio: diga que puede omitirse, o exporte lo que no lo contenga.',
  },
  EXPORT_HELD_BACK: {
    title: 'Algo de lo que contiene no puede salir hacia ese destinatario',
    next: 'Vea el archivo y su código de tratamiento. Su titular puede cambiar el código; una exportación del resto puede salir.',
  },
  EXPORT_SCHEME: {
    title: 'El formato no tiene lugar para este esquema',
    next: 'Indique un esquema que escriba: vea docs/exchange.md.',
  },
  LIST_EXPIRED: { title: 'La lista ya no cuenta', next: 'No hay que hacer nada: vea redthread list list.' },
  LIST_FORMAT_UNKNOWN: {
    title: 'No se conoce el formato de la lista',
    next: 'Vea en docs/lists.md los formatos que se leen; --format nombra uno de ellos.',
  },
  LIST_POLARITY_REFUSED: {
    title: 'El archivo dice otra cosa que la polaridad indicada',
    next: 'Mire de quién es la lista. Una lista de archivos inocuos tomada por alerta señala todo el mundo, y una alerta tomada por inocua lo oculta.',
  },
  LIST_NOT_WRITABLE: {
    title: 'La lista dice algo para lo que el formato no tiene lugar',
    next: 'Vea la entrada indicada. --format csv lo escribe todo; nada se omite en silencio.',
  },
  LIST_PART_MISPLACED: {
    title: 'Los bytes no empiezan donde termina lo que hay aquí',
    next: 'Consulte el envío: «received» del archivo dice desde dónde enviar.',
  },
  LIST_NOT_READY: {
    title: 'El envío no ha llegado a ese punto, o ya lo ha pasado',
    next: 'Consulte el envío: su estado dice qué viene después.',
  },
  NEGATIVE_DECIDED: {
    title: 'Alguien ya lo ha decidido',
    next: 'Vea con redthread list negative --all quién y por qué.',
  },
  LIST_READER_ENDED: {
    title: 'El proceso que leía la lista terminó antes de acabar',
    next: 'Nada de ella cuenta. Si es la lista prevista, impórtela por la línea de comandos y vea dónde se detiene.',
  },
  LIST_DAMAGED: {
    title: 'Los archivos de una lista están dañados',
    next: 'Reponga su carpeta desde una copia de seguridad y ejecute redthread list check: lo llegado entretanto se busca en ella.',
  },
  LIST_INVALID: { title: 'La lista no se puede leer', next: 'Vea la línea indicada.' },
  CAMERA_NO_REFERENCE: {
    title: 'Ninguna imagen de referencia dice nada de un sensor',
    next: 'Indique una carpeta con imágenes a tamaño completo de un solo dispositivo, ni negras ni quemadas.',
  },
  NOISE_UNUSABLE: {
    title: 'La imagen no dice nada de su sensor',
    next: 'Tome una imagen más clara o más oscura del mismo dispositivo.',
  },
  NOISE_TOO_SMALL: { title: 'La imagen es demasiado pequeña para su ruido', next: 'Busque una copia mayor.' },
  NOISE_OTHER_SIZE: {
    title: 'La referencia tiene otro tamaño que la mayoría',
    next: 'Compare con referencias de un solo tamaño; los tamaños de un mismo dispositivo se pueden comparar por separado.',
  },
  NOISE_SHARED_SCENE: {
    title: 'La imagen muestra lo mismo que las referencias',
    next: 'Añada referencias del mismo dispositivo que muestren otra cosa.',
  },
  NOISE_NO_PLACE: {
    title: 'La imagen no encaja en ningún punto del plano de las referencias',
    next: 'Se recortó y se redujo; busque una copia anterior.',
  },
  REPORT_INCOMPLETE: {
    title: 'El informe omitiría algo',
    next: 'No se ha escrito nada. Revise el elemento indicado y haga de nuevo el informe.',
  },
  REPORT_UNSIGNED: {
    title: 'El informe no se pudo firmar',
    next: 'Lo firma el sellador: vea redthread audit anchors y /api/v1/status, y haga de nuevo el informe.',
  },
  REPORT_MODEL_INVALID: {
    title: 'El archivo no es un modelo de informe',
    next: 'Indique el archivo report.jsonl de un informe, tal como se escribió.',
  },
  SECOND_FACTOR_NEEDED: {
    title: 'El inicio de sesión espera el segundo factor',
    next: 'Dé un código de su aplicación, una llave de acceso o un código de recuperación.',
  },
  SECOND_FACTOR_TO_SET_UP: {
    title: 'Su agencia exige un segundo factor y usted aún no tiene ninguno',
    next: 'Configúrelo en la página que sigue al inicio de sesión.',
  },
  HOST_UNKNOWN: {
    title: 'Este servidor no se llama así',
    next: 'Ábralo por la dirección de REDTHREAD_PUBLIC_URL; póngale el nombre por el que se llega a él.',
  },
  PASSWORD_WEAK: {
    title: 'Esta contraseña está entre las primeras que se adivinan',
    next: 'Use varias palabras que nada tengan que ver entre sí ni con usted, o deje que la haga un gestor de contraseñas.',
  },
  PROOF_NEEDED: {
    title: 'Esto pide demostrar de nuevo quién es usted',
    next: 'Demuéstrelo con su segundo factor, o con la contraseña si no tiene ninguno, y reintente.',
  },
  CODE_WRONG: {
    title: 'El código es incorrecto o ya se usó',
    next: 'Deje que el dispositivo de la aplicación tome la hora de la red y espere el código siguiente, o use otra forma.',
  },
  CODE_CLOCK_OFF: {
    title: 'El código es de otro momento',
    next: 'Deje que el dispositivo de los códigos tome la hora de la red y reintente.',
  },
  CODES_RESTING: {
    title: 'Llegaron demasiados códigos incorrectos para esta cuenta',
    next: 'Espere lo que se indica o use una llave de acceso o un código de recuperación.',
  },
  PASSKEY_REFUSED: { title: 'La llave de acceso no es válida', next: 'Reintente o use otra forma.' },
  PASSKEY_ADDRESS: {
    title: 'Las llaves de acceso van unidas a un nombre y esta dirección no lo es',
    next: 'Abra la aplicación por su nombre: https, como dice REDTHREAD_PUBLIC_URL, o http://localhost.',
  },
  LAST_SECOND_FACTOR: {
    title: 'Su agencia exige un segundo factor y este es el último que tiene',
    next: 'Configure antes otro.',
  },
  PACKAGE_KEY_MISSING: {
    title: 'Su agencia no tiene clave para paquetes',
    next: 'La crea una persona administradora o coordinadora: redthread package keys --make.',
  },
  PACKAGE_KEY_INVALID: {
    title: 'El archivo no es una clave para paquetes',
    next: 'Pida el archivo de nuevo a su agencia.',
  },
  PACKAGE_KEY_DIFFERS: {
    title: 'La clave tiene otra huella',
    next: 'Pregunte a la otra agencia, por otra vía, cuál es la correcta. Hasta entonces no confíe en ninguna.',
  },
  PACKAGE_PEER_UNKNOWN: {
    title: 'Aquí no se confía en esa clave',
    next: 'Compare su huella con su agencia por otra vía y luego: redthread package trust ARCHIVO --fingerprint ….',
  },
  PACKAGE_INVALID: {
    title: 'El paquete no es válido',
    next: 'No entró nada de él. Pídalo de nuevo a quien lo envió.',
  },
  PACKAGE_NOT_FOR_US: {
    title: 'El paquete es para otra agencia',
    next: 'Solo su destinatario puede abrirlo.',
  },
  PACKAGE_ACKNOWLEDGEMENT_INVALID: {
    title: 'El acuse de recibo no es válido',
    next: 'Pídalo de nuevo al destinatario: lo escribe redthread package import, que no toma nada dos veces.',
  },
  REGION_INVALID: {
    title: 'La región no está escrita como tal',
    next: 'Indique izquierda,arriba,anchura,altura, cada una en porcentaje de un lado (10%) o en píxeles.',
  },
  REGION_OUTSIDE: {
    title: 'La región sobresale de la imagen',
    next: 'Izquierda más anchura no superan la anchura de la imagen, ni arriba más altura la altura.',
  },
  REGION_TOO_SMALL: {
    title: 'La región es demasiado pequeña para buscarla',
    next: 'Tome más de lo que la rodea.',
  },
  SEARCH_TOO_WIDE: {
    title: 'La búsqueda encuentra demasiado para guardarla',
    next: 'Precise lo que busca: una parte más larga de la ruta, o un hash.',
  },
  STANDING_LIMIT: {
    title: 'Guarda tantas búsquedas como puede guardar una persona',
    next: 'Termine una: redthread standing end NOMBRE.',
  },
  STANDING_ENDED: {
    title: 'La búsqueda ya no se guarda',
    next: 'Guárdela de nuevo: redthread search --keep NOMBRE.',
  },
  SEARCH_UNAVAILABLE: {
    title: 'El proceso que busca, por imagen y en las listas, no está',
    next: 'Reintente en un momento; se arranca de nuevo.',
  },
  CHAT_INVALID: {
    title: 'No se puede leer la exportación de chat',
    next: 'Vea el lugar que se indica. No se ha incorporado nada de ella; busque una copia completa.',
  },
  CHAT_FORMAT_UNKNOWN: {
    title: 'No es una exportación de chat de una forma que se lea',
    next: 'Vea en docs/chats.md de qué programas se leen exportaciones.',
  },
  CHAT_DATES_KNOWN: {
    title: 'Las fechas de esta exportación de chat no están por aclarar',
    next: 'No hay nada que indicar: redthread chats exports muestra el estado de cada una.',
  },
};
