CREATE TABLE "membership"."access_list" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"core" boolean NOT NULL,
	"people" jsonb NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"confirmed" jsonb
);
--> statement-breakpoint
CREATE TABLE "membership"."access_source" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	"lacks" text,
	"accounts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."account" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"person" text,
	"built_in" text,
	"asleep" boolean NOT NULL,
	"rights" jsonb NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"missed" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."application" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"person" text NOT NULL,
	"open" boolean NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."ballot" (
	"application" text NOT NULL,
	"person" text NOT NULL,
	"vote" text,
	"no_objection" boolean DEFAULT false NOT NULL,
	"because" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ballot_application_person_pk" PRIMARY KEY("application","person")
);
--> statement-breakpoint
CREATE TABLE "membership"."departure" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"items" jsonb NOT NULL,
	"done" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."trial_grant" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"person" text NOT NULL,
	"on" text NOT NULL,
	"core" boolean NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."known_account" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"person" text,
	"service" jsonb
);
--> statement-breakpoint
CREATE TABLE "membership"."minutes" (
	"application" text PRIMARY KEY NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"recorded" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "membership"."reason" (
	"id" text PRIMARY KEY NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "membership"."member" ADD COLUMN "version" integer;--> statement-breakpoint
UPDATE "membership"."member" SET "version" = coalesce((SELECT max("version") FROM "membership"."event_log" WHERE "subject" = 'member/' || "member"."id"), 0);--> statement-breakpoint
ALTER TABLE "membership"."member" ALTER COLUMN "version" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "membership"."member" ADD COLUMN "before" jsonb;--> statement-breakpoint
ALTER TABLE "membership"."member" ADD COLUMN "proposal" jsonb;--> statement-breakpoint
CREATE INDEX "account_source" ON "membership"."account" USING btree ("source");--> statement-breakpoint
CREATE UNIQUE INDEX "application_one_open" ON "membership"."application" USING btree ("person") WHERE "membership"."application"."open";--> statement-breakpoint
CREATE INDEX "trial_grant_person" ON "membership"."trial_grant" USING btree ("person");--> statement-breakpoint
-- Votes and reasons stand in their tables alone: ANALYZE would copy some of them into pg_statistic, where nothing erases them.
ALTER TABLE "membership"."ballot" ALTER COLUMN "vote" SET STATISTICS 0, ALTER COLUMN "because" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "membership"."minutes" ALTER COLUMN "recorded" SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE "membership"."reason" ALTER COLUMN "text" SET STATISTICS 0;
