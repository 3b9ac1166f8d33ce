// The viewer's own account, in Spanish.
import type * as en from './en-account.js';
import { proof } from './es-proof.js';
import { provider } from './es-provider.js';

export const account: typeof en.account = {
  title: 'Cuenta',
  name: 'Nombre',
  roles: 'Funciones',
  reachableAt: 'Localizable en',
  reachableHint: 'p. ej., un teléfono; se muestra a las agencias a las que se indica que le contacten',
  save: 'Guardar',
  password: 'Contraseña',
  passwordHint: 'una nueva; termina todas las sesiones, también esta',
  keepApiKeys: 'dejar en vigor sus claves de API',
  purpose: 'Finalidad de esta sesión',
  noPurpose: 'aún no indicada; se pregunta antes de revelar por primera vez',
  look: 'Aspecto',
  language: 'Idioma',
  installation: 'Esta instalación',
  selfTest: 'Última autoprueba',
  dark: 'Oscuro',
  light: 'Claro',
  signOut: 'Cerrar sesión',
  care: 'Cómo se le muestra el material, y qué ha visto',
  keys: 'Claves de API',
  noKeys:
    'Ninguna clave. Una clave permite a un programa actuar en su nombre, dentro de sus permisos, hasta que caduca.',
  keyName: 'Nombre',
  scopes: 'Permisos',
  created: 'Creada',
  expires: 'Caduca',
  lastUsed: 'Último uso',
  never: 'nunca',
  revoke: 'Revocar',
  revoked: 'revocada',
  make: 'Crear una clave',
  secretOnce: 'Se muestra una sola vez. Cópiela ahora:',
  days: 'Días',
  proof,
  provider,
};
