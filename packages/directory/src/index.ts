export {
  type AdminGroup,
  type Directory,
  DirectoryError,
  type DirectoryPerson,
  type DirectoryRead,
  type GroupEdit,
  type GroupRead,
  normalUid,
} from './directory.ts';
export { type Explored, type ExploreOptions, exploreLdap } from './explore.ts';
export { hashPassword } from './file/password.ts';
export { openDirectory } from './open.ts';
export { differs, type RoleSource, rolesOf } from './roles.ts';
