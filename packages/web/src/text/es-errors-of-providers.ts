// Spanish words of the codes about signing in at the provider of an agency.
const locally = 'Mientras tanto, quien tiene aquí una contraseña inicia sesión con ella.';

export const providerErrors = {
  PROVIDER_UNREACHABLE: {
    title: 'No se llega al proveedor del inicio de sesión',
    next: `Reintente más tarde. ${locally}`,
  },
  PROVIDER_REFUSED: {
    title: 'Lo que respondió el proveedor del inicio de sesión no es válido',
    next: 'Inicie sesión de nuevo; si no basta, una persona administradora revisa los ajustes de ambos lados.',
  },
  PROVIDER_CLOCK_OFF: {
    title: 'Los relojes de este servidor y del proveedor difieren',
    next: `Ponga ambos en hora por la red. ${locally}`,
  },
  PROVIDER_ANSWER_OLD: {
    title: 'Este inicio de sesión no empezó aquí, o ya terminó',
    next: 'Empiécelo de nuevo.',
  },
  PROVIDER_NO_GROUP: {
    title: 'El proveedor no nombra ningún grupo suyo que pueda entrar',
    next: 'Pregunte a quien lleva allí los grupos, o aquí a una persona administradora qué grupos tienen funciones.',
  },
  PROVIDER_NO_ACCOUNT: {
    title: 'No tiene cuenta aquí, o ha terminado',
    next: 'Pídala a una persona administradora de su agencia.',
  },
  PROVIDER_FACTOR_MISSING: {
    title: 'El proveedor no le preguntó de nuevo, o no por un segundo factor',
    next: 'Demuéstrelo con una llave de acceso o una aplicación de su cuenta de aquí.',
  },
  PROVIDER_ADDRESS: {
    title: 'Un proveedor devuelve a las personas a una dirección, y esta no lo es',
    next: 'Indique REDTHREAD_PUBLIC_URL, o abra http://localhost en la propia máquina.',
  },
};
