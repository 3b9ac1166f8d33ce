// Public door of the search.
export { answerPicture, type PictureAnswer, type PictureDoor, type PictureOrder } from './by-picture.js';
export { searchRoutes } from './routes.js';
