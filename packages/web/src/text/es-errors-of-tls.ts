// Spanish words of the codes about the certificate that the server speaks TLS with.
export const tlsErrors = {
  TLS_CERTIFICATE_UNUSABLE: {
    title: 'El certificado no se puede usar',
    next: 'Indique un archivo PEM que empiece por el certificado de este servidor, seguido de aquellos de los que depende.',
  },
  TLS_CERTIFICATE_EXPIRED: {
    title: 'El certificado no es válido ahora',
    next: 'Renuévelo y compruebe si el reloj de esta máquina está en hora.',
  },
  TLS_KEY_UNUSABLE: {
    title: 'La clave privada no se puede usar',
    next: 'Indique un archivo PEM con una clave privada y sin contraseña.',
  },
  TLS_KEY_MISMATCH: {
    title: 'La clave privada es de otro certificado',
    next: 'Indique la clave para la que se hizo el certificado.',
  },
  TLS_KEY_EXPOSED: {
    title: 'Otras personas pueden leer o cambiar la clave privada',
    next: 'Su archivo es de la cuenta del servidor o de root: chmod 600, o 640 para un grupo del servidor.',
  },
};
