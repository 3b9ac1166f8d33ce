// Mantine in our form: its parts take their colours from tokens.css, and nothing moves for longer than 120 ms.
import { createTheme, Modal, Slider, Tooltip } from '@mantine/core';

export const SCHEME_KEY = 'redthread-scheme';

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  primaryColor: 'gray',
  defaultRadius: 4,
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({
      defaultProps: { overlayProps: { backgroundOpacity: 0.6 }, transitionProps: { duration: 80 } },
    }),
    Slider: Slider.extend({ defaultProps: { label: null, size: 2, thumbSize: 12 } }),
    Tooltip: Tooltip.extend({ defaultProps: { position: 'right', openDelay: 400, transitionProps: { duration: 0 } } }),
  },
});
