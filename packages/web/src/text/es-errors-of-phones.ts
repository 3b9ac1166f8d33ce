// Spanish words of the codes about reports of phones and of providers.
export const phoneErrors = {
  PHONE_REPORT_INVALID: {
    title: 'El informe no se puede leer',
    next: 'Vea la línea indicada. Sus archivos están; pida uno completo a quien hizo el informe.',
  },
} as const;
