// Starts the application.
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Tooltip.css';
import '@mantine/core/styles/Slider.css';
import './form/tokens.css';
import './form/base.css';
import './form/mantine.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { speak } from './text/index.js';
import { chosenLanguage } from './text/language.js';

const start = async (root: HTMLElement): Promise<void> => {
  await speak(chosenLanguage());
  const { App } = await import('./app/app.js');
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
};

const root = document.getElementById('root');
if (root !== null) void start(root);
