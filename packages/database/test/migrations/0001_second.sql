ALTER TABLE "migrated"."thing" ADD COLUMN "name" text;
--> statement-breakpoint
INSERT INTO "migrated"."thing" VALUES (1, 'made once');
