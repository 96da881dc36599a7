CREATE TABLE "chaos_witness"."idempotency_key" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_key_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE INDEX "idempotency_key_created_at" ON "chaos_witness"."idempotency_key" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "chaos_witness"."consume_cursor" DROP CONSTRAINT "consume_cursor_pkey";--> statement-breakpoint
ALTER TABLE "chaos_witness"."consume_cursor" ADD COLUMN "reader" text;--> statement-breakpoint
-- The one reader that each source had goes on from where it is.
UPDATE "chaos_witness"."consume_cursor" SET "reader" = "source";--> statement-breakpoint
ALTER TABLE "chaos_witness"."consume_cursor" ADD PRIMARY KEY ("reader");--> statement-breakpoint
ALTER TABLE "chaos_witness"."consume_cursor" ADD COLUMN "fold" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "chaos_witness"."dead_letter" DROP CONSTRAINT "dead_letter_pkey";--> statement-breakpoint
DROP INDEX "chaos_witness"."dead_letter_subject";--> statement-breakpoint
ALTER TABLE "chaos_witness"."dead_letter" ADD COLUMN "reader" text;--> statement-breakpoint
UPDATE "chaos_witness"."dead_letter" SET "reader" = "source";--> statement-breakpoint
ALTER TABLE "chaos_witness"."dead_letter" ALTER COLUMN "event" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "chaos_witness"."dead_letter" ADD COLUMN "entity" jsonb;--> statement-breakpoint
ALTER TABLE "chaos_witness"."dead_letter" ADD CONSTRAINT "dead_letter_reader_id_pk" PRIMARY KEY("reader","id");--> statement-breakpoint
CREATE INDEX "dead_letter_subject" ON "chaos_witness"."dead_letter" USING btree ("reader","subject","position");