export { isUfdr, readUfdr, type UfdrItem } from './read-ufdr.js';
