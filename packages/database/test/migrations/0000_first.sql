CREATE SCHEMA "migrated";
--> statement-breakpoint
CREATE TABLE "migrated"."thing" ("id" integer PRIMARY KEY);
