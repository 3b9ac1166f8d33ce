// What each code of an error means and what to do next, in Spanish.
import type { COMMAND_ERRORS } from '@redthread/core/errors';
import type * as en from './en-errors.js';
import { itemErrors } from './es-errors-of-items.js';
import { workErrors } from './es-errors-of-work.js';

const goesOn = 'Repita la misma orden; continúa donde estaba.';
const inAMoment = 'Reintente en un momento; se arranca de nuevo.';
const compareAll = 'Compare con la copia de seguridad y con los anclajes.';
const rebuild = 'Construya de nuevo el índice desde la base de datos o su fuente; el archivo no se usa.';

const commandErrors: Readonly<Record<keyof typeof COMMAND_ERRORS, en.ErrorWords>> = {
  ARGUMENT_INVALID: { title: 'Un argumento no es válido', next: 'Vea con --help lo que admite la orden.' },
  REQUEST_INVALID: {
    title: 'La petición no tiene la forma requerida',
    next: 'Vea en /docs la forma de esta llamada.',
  },
  REQUEST_TOO_LARGE: {
    title: 'La petición es demasiado grande',
    next: 'Envíe menos de una vez: un cuerpo contiene 1 MiB como máximo.',
  },
  CONFIG_UNKNOWN_KEY: {
    title: 'Se indicó un ajuste desconocido',
    next: 'Compruebe cómo se escribe en docs/configuration.md.',
  },
  CONFIG_INVALID: { title: 'Un ajuste tiene un valor no válido', next: 'Vea docs/configuration.md.' },
  PORT_TAKEN: {
    title: 'Otro programa ya escucha ahí',
    next: 'Termínelo, o elija otro puerto: --port 0 toma uno libre.',
  },
  NOT_SIGNED_IN: { title: 'Nadie ha iniciado sesión', next: 'Inicie sesión y reintente.' },
  SIGN_IN_FAILED: {
    title: 'El nombre o la contraseña no es correcto',
    next: 'Reintente, o pida a un administrador una contraseña nueva.',
  },
  FORBIDDEN: { title: 'Esta función no puede hacer eso', next: 'Pídalo a alguien con la función indicada.' },
  NOT_FOUND: { title: 'No existe, o no se comparte con usted', next: 'Compruebe la referencia.' },
  CASE_UNKNOWN: {
    title: 'No existe ese caso, o no se comparte con usted',
    next: 'Vea las referencias con redthread case list.',
  },
  USER_UNKNOWN: { title: 'No existe ese usuario', next: 'Créelo: redthread user add.' },
  LAST_ADMINISTRATOR: {
    title: 'Una agencia conserva al menos un administrador',
    next: 'Haga antes administrador a otra persona: redthread user roles.',
  },
  LAST_OPERATOR: {
    title: 'Una instancia conserva al menos un operador',
    next: 'Haga antes operador a otra persona: redthread operator add.',
  },
  LAST_ON_CASE: {
    title: 'Un caso para personas designadas conserva al menos una',
    next: 'Asigne antes a otra, o ábralo a la agencia: redthread case set --access agency.',
  },
  HANDLING_UNKNOWN: {
    title: 'Su agencia no tiene ese código de tratamiento',
    next: 'Vea redthread handling list; redthread handling set crea uno.',
  },
  HANDLING_IN_USE: {
    title: 'El código de tratamiento está en uso',
    next: 'Marque antes con otro código lo que lo lleva.',
  },
  SETUP_TOKEN_INVALID: {
    title: 'El código de configuración es erróneo, ya se usó o ha caducado',
    next: 'Arranque de nuevo el servidor: imprime otro mientras nadie tenga cuenta.',
  },
  ALREADY_EXISTS: { title: 'Esto ya existe', next: 'Elija otra referencia, o use la existente.' },
  EXHIBIT_SOURCE_DIFFERS: {
    title: 'Este indicio se incorporó desde otra fuente',
    next: 'Elija otra referencia de indicio para esta fuente.',
  },
  EXHIBIT_BUSY: {
    title: 'Otro proceso está incorporando este indicio',
    next: 'Espere a que acabe; tras un fallo continúa por sí solo.',
  },
  SOURCE_UNREADABLE: { title: 'La fuente no se puede leer', next: 'Compruebe la ruta y sus permisos.' },
  SOURCE_NOT_SUPPORTED: {
    title: 'Esta clase de fuente no se lee',
    next: 'Indique una carpeta, un archivo comprimido (.zip, .tar, .tar.gz, .7z) o una imagen de disco.',
  },
  SOURCE_OUTSIDE_ROOTS: {
    title: 'La fuente está fuera de las carpetas configuradas para leer en su sitio',
    next: 'Añada su carpeta a REDTHREAD_IN_PLACE_ROOTS.',
  },
  TOO_MANY_FILES: {
    title: 'Más archivos de los que un navegador envía de una vez',
    next: 'Envíe 2000 cada vez, póngalos en un ZIP o TAR, o use redthread ingest --server.',
  },
  INGEST_ENDED: {
    title: 'Esta incorporación ha terminado, u otro remitente continúa con ella',
    next: 'Ábrala de nuevo: continúa donde estaba.',
  },
  UPLOAD_UNKNOWN: {
    title: 'No se ha empezado ese envío',
    next: 'Empiécelo: PUT del tamaño del contenido a la dirección del envío.',
  },
  UPLOAD_SIZE_DIFFERS: {
    title: 'El contenido tiene otro tamaño',
    next: 'Lea de nuevo la fuente e indique su tamaño real.',
  },
  UPLOAD_INCOMPLETE: {
    title: 'Faltan fragmentos del envío',
    next: 'Consulte su estado y envíe los fragmentos que no están aquí.',
  },
  UPLOAD_DIGEST_WRONG: {
    title: 'El contenido no tiene el SHA-256 con que se anunció',
    next: 'No se ha conservado nada. Lea de nuevo la fuente y envíela otra vez.',
  },
  CHUNK_DIGEST_WRONG: { title: 'Los bytes no tienen el hash que los acompañaba', next: 'Envíelos otra vez.' },
  CHUNK_SIZE_WRONG: {
    title: 'El fragmento tiene un tamaño o un número erróneo',
    next: 'Vea el tamaño y los fragmentos del envío.',
  },
  CHUNK_DIFFERS: {
    title: 'Antes se aceptó otro fragmento con este número',
    next: 'Su fuente cambió entretanto: empiece de nuevo el envío.',
  },
  QUOTA_EXCEEDED: {
    title: 'Esta clave tiene en curso todo lo que puede',
    next: 'Almacene lo enviado, o espere a que se limpien los envíos abandonados.',
  },
  INTAKE_UNAVAILABLE: { title: 'El proceso que almacena lo enviado no está', next: inAMoment },
  LEGAL_BASIS_REQUIRED: {
    title: 'El proveedor no ha visto este archivo, y no consta ninguna base legal para abrirlo',
    next: 'Registre la base con redthread legal-basis add, o en la página del medio o del indicio.',
  },
  SERVER_INSECURE: {
    title: 'El http sin cifrar solo va a este equipo',
    next: 'Indique una dirección https; --certificate nombra la autoridad de una privada.',
  },
  SERVER_UNREACHABLE: { title: 'El servidor no respondió durante mucho tiempo', next: goesOn },
  SERVER_ANSWER_INVALID: {
    title: 'El servidor respondió otra cosa que la acordada',
    next: 'Compare las versiones de ambos lados.',
  },
  PASSWORD_FILE_INVALID: {
    title: 'El archivo de contraseñas no se puede usar',
    next: 'Indique un archivo que solo usted pueda leer (chmod 600), con una contraseña por línea.',
  },
  KEY_FILE_INVALID: {
    title: 'El archivo no contiene ninguna clave de API',
    next: 'Contiene una línea: rt_ y 43 caracteres.',
  },
  KEY_FILE_EXPOSED: {
    title: 'Otros pueden leer el archivo con la clave',
    next: 'Quíteles los permisos: chmod 600 ARCHIVO.',
  },
  DISK_FULL: {
    title: 'No queda espacio en el disco',
    next: 'Libere espacio y repita la misma orden; continúa donde estaba.',
  },
  STORE_MISSING: {
    title: 'No hay ningún almacén en esta carpeta de datos',
    next: 'Indique la correcta con --data o REDTHREAD_DATA. Un almacén nuevo lo crean redthread serve, redthread user add NOMBRE --agency AGENCIA --country XX, o redthread demo.',
  },
  BACKUP_MISSING: {
    title: 'No hay ninguna copia de seguridad en esta carpeta',
    next: 'Indique la carpeta de una copia de seguridad terminada.',
  },
  BACKUP_BROKEN: {
    title: 'La copia de seguridad no es lo que se escribió',
    next: 'Tome otra copia de ella: redthread backup verify CARPETA dice si está íntegra.',
  },
  BACKUP_BUSY: {
    title: 'Se está haciendo otra copia de seguridad de este almacén',
    next: 'Espere a que termine.',
  },
  RESTORE_NOT_EMPTY: {
    title: 'Ya hay un almacén',
    next: 'Restaure en una carpeta de datos vacía: --data CARPETA.',
  },
  RESTORE_UNFINISHED: {
    title: 'Se está restaurando una copia de seguridad en esta carpeta de datos',
    next: 'Espere a que termine; si se interrumpió, repita la misma orden.',
  },
  DB_UNREACHABLE: {
    title: 'La base de datos no responde',
    next: 'Compruebe DATABASE_URL o el registro en la carpeta de datos.',
  },
  DB_PATH_UNREACHABLE: {
    title: 'La base de datos no puede usar esta carpeta',
    next: 'Elija una carpeta de datos fuera de directorios personales: --data /var/lib/redthread.',
  },
  DB_START_FAILED: {
    title: 'La base de datos incorporada no arrancó',
    next: 'Vea postgres.log en la carpeta de datos.',
  },
  DB_MIGRATION_FAILED: {
    title: 'La base de datos no se pudo actualizar',
    next: 'Restaure la copia de seguridad y comunique el error.',
  },
  DB_NEWER: {
    title: 'La carpeta de datos la escribió una versión más nueva',
    next: 'Arranque la versión más nueva.',
  },
  KEY_MISSING: {
    title: 'Falta la clave maestra',
    next: 'Reponga la clave; hasta entonces el servidor es de solo lectura.',
  },
  KEY_DAMAGED: {
    title: 'La clave maestra no se puede leer',
    next: 'Reponga una copia íntegra de la clave y arranque de nuevo; hasta entonces el servidor es de solo lectura.',
  },
  KEY_WRONG: {
    title: 'La clave maestra no es la que selló este almacén',
    next: 'Indique la clave con el id. nombrado.',
  },
  KEY_HALF_ROTATED: {
    title: 'Se estaba cambiando la clave maestra, y falta una de las dos claves',
    next: 'Indique ambas, REDTHREAD_MASTER_KEY_FILE y REDTHREAD_OTHER_MASTER_KEY_FILE, y ejecute de nuevo redthread key rotate.',
  },
  KEY_BUSY: { title: 'Otro proceso está cambiando esta clave', next: 'Espere a que acabe, y repita la misma orden.' },
  KEY_NOT_TAKEN: {
    title: 'Un proceso en marcha no ha tomado la nueva clave maestra',
    next: 'Termine el proceso indicado y repita la misma orden; nada está aún bajo la clave nueva.',
  },
  CASE_ENDED: {
    title: 'Este caso se destruyó o se cedió a otra agencia',
    next: 'Abra otro caso para lo nuevo.',
  },
  CASE_ON_HOLD: {
    title: 'Una retención legal mantiene este caso como está',
    next: 'Pregunte a quien la impuso; redthread case release la levanta, con un motivo.',
  },
  SECOND_PERSON_SAME: {
    title: 'Esto requiere dos personas',
    next: 'Haga que la otra persona confirme en su propia sesión: en la web, o con su propia cuenta del sistema.',
  },
  SECOND_PERSON_INVALID: {
    title: 'Esta persona no puede ser la segunda',
    next: 'Indique a otra de su agencia que pueda hacer lo mismo.',
  },
  PERSON_NEEDED: {
    title: 'Un programa no puede decidir esto',
    next: 'Inicie sesión como persona: las claves de API ni lo piden ni lo confirman.',
  },
  REQUEST_CLOSED: {
    title: 'Esta solicitud no está abierta',
    next: 'Vea redthread requests; pídalo de nuevo si aún se desea.',
  },
  REQUEST_IMPOSSIBLE: {
    title: 'Esto no se puede hacer tal como están las cosas',
    next: 'Vea qué lo impide, y pídalo de nuevo.',
  },
  EXHIBIT_IN_PLACE: {
    title: 'Las fuentes que están en su sitio no son nuestras para destruirlas',
    next: 'Destrúyalas con las herramientas del almacenamiento, o pídalo con --leave-in-place: el registro dice entonces qué queda.',
  },
  READ_ONLY: { title: 'El servidor es de solo lectura', next: 'Indique la clave maestra y arranque de nuevo.' },
  RECORD_BROKEN: {
    title: 'El registro sellado no concuerda con su propia cabecera',
    next: 'Ejecute redthread verify; hasta que se restaure de la copia de seguridad, los eventos de este registro esperan sin sellar.',
  },
  RECORD_CHANGED: { title: 'Se cambió algo sellado del registro', next: compareAll },
  RECORD_MISSING: { title: 'Falta algo sellado del registro', next: compareAll },
  RECORD_INSERTED: { title: 'Hay algo en el registro que ningún evento escribió allí', next: compareAll },
  RECORD_ROLLED_BACK: {
    title: 'El registro es más antiguo que un anclaje suyo',
    next: 'Se devolvió a un estado anterior o se restauró: averigüe quién lo hizo, y conserve los anclajes como prueba.',
  },
  RECORD_REFERENCE_GONE: {
    title: 'Un evento del registro nombra algo que no está',
    next: 'Compare con la copia de seguridad.',
  },
  ANCHOR_UNREACHABLE: {
    title: 'No se pudo anclar una cabecera del registro',
    next: 'Compruebe el archivo de anclaje o la autoridad de sellado de tiempo; se reintenta por sí solo, y el sellado continúa.',
  },
  ANCHOR_INVALID: {
    title: 'Un anclaje no contiene la cabecera que representa',
    next: 'Consérvelo, y averigüe quién pudo cambiarlo.',
  },
  ANCHOR_FOREIGN: {
    title: 'El archivo de anclaje pertenece a otro almacén',
    next: 'Dé a cada almacén su propio archivo de anclaje: REDTHREAD_ANCHOR_FILE.',
  },
  DEMO_ONLY: {
    title: 'Esta es una instancia de demostración',
    next: 'Use una carpeta de datos nueva para el trabajo real.',
  },
  TOO_MANY_REQUESTS: { title: 'Demasiadas peticiones', next: 'Espere un momento y reintente.' },
  HASH_INVALID: { title: 'El hash tiene una forma errónea', next: 'Vea el valor indicado.' },
  RADIUS_INVALID: { title: 'El radio excede el alcance del índice', next: 'Use un radio de 0 a 40.' },
  QUALITY_INVALID: { title: 'La calidad está fuera de rango', next: 'Es un número entero de 0 a 100.' },
  INDEX_FILE_INVALID: { title: 'Un archivo de un índice está cortado, dañado o no es nuestro', next: rebuild },
  INDEX_VERSION_UNSUPPORTED: {
    title: 'Un archivo de un índice tiene otra versión',
    next: 'Construya de nuevo el índice, o arranque la versión que lo escribió.',
  },
  INDEX_CHECKSUM_MISMATCH: { title: 'Un archivo de un índice no supera su suma de comprobación', next: rebuild },
  INDEX_BUSY: { title: 'Otro proceso escribe este índice', next: 'Espere a que acabe, y repita la misma orden.' },
  INDEX_LOADING: { title: 'El índice se está cargando', next: 'Reintente en un momento.' },
  VOCABULARY_INVALID: {
    title: 'El vocabulario de palabras visuales está dañado, cortado o no es nuestro',
    next: 'Compruebe la instalación: packages/core/vocabulary forma parte de ella tal como es.',
  },
  VOCABULARY_VERSION_UNSUPPORTED: {
    title: 'El vocabulario de palabras visuales es de otra versión',
    next: 'Use el que vino con este programa, o el programa con el que vino.',
  },
  METHOD_UNKNOWN: { title: 'No existe ese método', next: 'Vea los métodos con redthread signals --help.' },
  TOOL_MISSING: { title: 'Falta un programa del sistema', next: 'Ejecute npm run setup.' },
  INTERNAL: { title: 'El programa falló', next: 'Comunique el id. de la petición con el registro.' },
};

export const errors: typeof en.errors = { ...itemErrors, ...commandErrors, ...workErrors };
