// Signing in at a provider of the agency's own, in Spanish.
import type * as en from './en-provider.js';

export const provider: typeof en.provider = {
  signIn: (name) => `Iniciar sesión en ${name}`,
  prove: 'Demostrarlo donde inicia sesión',
  waits: 'En la ventana que se abrió. Le pregunta de nuevo.',
  returning: 'Iniciando su sesión',
  proven: 'Demostrado. Esta ventana se puede cerrar.',
  back: 'Volver al inicio de sesión',
  title: 'Proveedor de inicios de sesión',
  why: 'Las personas de su agencia inician sesión donde ya lo hacen (OpenID Connect), con las funciones de sus grupos de allí. Conserve a una persona administradora que tenga aquí una contraseña.',
  none: 'Ninguno: las personas inician sesión aquí.',
  name: 'Texto del botón',
  issuer: 'Emisor, https://…',
  clientId: 'Id de cliente',
  clientSecret: 'Secreto de cliente',
  secretKept: 'Secreto de cliente; vacío: queda como está',
  scope: 'Ámbito (scope)',
  groupsClaim: 'Dato (claim) de los grupos',
  roles: 'Grupos y sus funciones, uno por línea: grupo=role,role',
  acr: 'acr del segundo factor',
  amr: 'amr del segundo factor',
  addsPeople: 'Quien tiene un grupo recibe una cuenta',
  redirect: 'Devuelve a las personas a',
  noRedirect:
    'REDTHREAD_PUBLIC_URL no está indicada: las personas vuelven a la dirección que abrieron, solo en esta máquina.',
  people: (n) => (n === 1 ? 'Conoce a una persona.' : `Conoce a ${n} personas.`),
  save: 'Indicar el proveedor',
  remove: 'Quitarlo',
  removeText: 'Quienes entraron por él tienen que iniciar sesión de nuevo, con una contraseña de esta instalación.',
  subject: 'Sujeto en el proveedor; vacío: ninguno',
  bind: 'Vincular',
};
