CREATE TABLE "sample"."idempotency_key" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_key_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE INDEX "idempotency_key_created_at" ON "sample"."idempotency_key" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "sample"."consume_cursor" DROP CONSTRAINT "consume_cursor_pkey";--> statement-breakpoint
ALTER TABLE "sample"."consume_cursor" ADD COLUMN "reader" text;--> statement-breakpoint
-- The one reader that each source had goes on from where it is.
UPDATE "sample"."consume_cursor" SET "reader" = "source";--> statement-breakpoint
ALTER TABLE "sample"."consume_cursor" ADD PRIMARY KEY ("reader");--> statement-breakpoint
ALTER TABLE "sample"."consume_cursor" ADD COLUMN "fold" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "sample"."dead_letter" DROP CONSTRAINT "dead_letter_pkey";--> statement-breakpoint
DROP INDEX "sample"."dead_letter_subject";--> statement-breakpoint
ALTER TABLE "sample"."dead_letter" ADD COLUMN "reader" text;--> statement-breakpoint
UPDATE "sample"."dead_letter" SET "reader" = "source";--> statement-breakpoint
ALTER TABLE "sample"."dead_letter" ALTER COLUMN "event" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sample"."dead_letter" ADD COLUMN "entity" jsonb;--> statement-breakpoint
ALTER TABLE "sample"."dead_letter" ADD CONSTRAINT "dead_letter_reader_id_pk" PRIMARY KEY("reader","id");--> statement-breakpoint
CREATE INDEX "dead_letter_subject" ON "sample"."dead_letter" USING btree ("reader","subject","position");