export {
  type Directory,
  DirectoryError,
  type DirectoryPerson,
  type DirectoryRead,
  type GroupEdit,
  type GroupRead,
  normalUid,
} from './directory.ts';
export { openDirectory } from './open.ts';
