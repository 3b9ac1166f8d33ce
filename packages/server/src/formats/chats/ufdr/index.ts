export { isUfdr, readUfdr } from './read-ufdr.js';
