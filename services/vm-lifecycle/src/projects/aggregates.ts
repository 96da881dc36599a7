import { aggregate, type Made } from '@huismeester/events';
import { evolveProject, type Project } from '../core/project.ts';
import { evolvePromotion, type Promotion } from '../core/promotion.ts';
import { project, promotion } from '../schema.ts';

type ProjectMade =
  | Made<'project.begun'>
  | Made<'project.changed'>
  | Made<'project.agreement-proposed'>
  | Made<'project.agreed'>
  | Made<'project.reclassified'>
  | Made<'project.retiring'>
  | Made<'project.retirement-withdrawn'>
  | Made<'project.retired'>;

/** The register of projects (TEAM-4), by id. */
export const projects = aggregate({
  kind: 'project',
  table: project,
  initial: undefined,
  evolve: (known: Project | undefined, event: ProjectMade) => evolveProject(known, event),
});

type PromotionMade =
  | Made<'promotion.requested'>
  | Made<'promotion.joined'>
  | Made<'promotion.withdrawn'>
  | Made<'promotion.decided'>
  | Made<'promotion.undone'>
  | Made<'promotion.move-begun'>
  | Made<'promotion.move-failed'>
  | Made<'promotion.moved'>
  | Made<'promotion.carried-out'>;

/** Requests about projects (SPACE-1, SPACE-7, SPACE-8), by id. */
export const promotions = aggregate({
  kind: 'promotion',
  table: promotion,
  initial: undefined,
  evolve: (known: Promotion | undefined, event: PromotionMade) => evolvePromotion(known, event),
});
