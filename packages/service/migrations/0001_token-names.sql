-- Names stand in the log as the one who acted: none may look like another kind of actor, and no two may be the same.
UPDATE "access"."token" SET "name" = left('token ' || btrim("name"), 100) WHERE "name" ~ '^\s*(local|service|session|person):';--> statement-breakpoint
UPDATE "access"."token" AS t SET "name" = left(t."name", 85) || ' (' || t."id" || ')' WHERE EXISTS (
  SELECT FROM "access"."token" AS o WHERE o."name" = t."name" AND (o."created", o."id") < (t."created", t."id")
);--> statement-breakpoint
ALTER TABLE "access"."token" ADD CONSTRAINT "token_name" UNIQUE("name");
