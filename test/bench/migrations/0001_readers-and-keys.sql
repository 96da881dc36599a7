CREATE TABLE "bench_source"."idempotency_key" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_key_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE INDEX "idempotency_key_created_at" ON "bench_source"."idempotency_key" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "bench_source"."consume_cursor" DROP CONSTRAINT "consume_cursor_pkey";--> statement-breakpoint
ALTER TABLE "bench_source"."consume_cursor" ADD COLUMN "reader" text;--> statement-breakpoint
-- The one reader that each source had goes on from where it is.
UPDATE "bench_source"."consume_cursor" SET "reader" = "source";--> statement-breakpoint
ALTER TABLE "bench_source"."consume_cursor" ADD PRIMARY KEY ("reader");--> statement-breakpoint
ALTER TABLE "bench_source"."consume_cursor" ADD COLUMN "fold" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "bench_source"."dead_letter" DROP CONSTRAINT "dead_letter_pkey";--> statement-breakpoint
DROP INDEX "bench_source"."dead_letter_subject";--> statement-breakpoint
ALTER TABLE "bench_source"."dead_letter" ADD COLUMN "reader" text;--> statement-breakpoint
UPDATE "bench_source"."dead_letter" SET "reader" = "source";--> statement-breakpoint
ALTER TABLE "bench_source"."dead_letter" ALTER COLUMN "event" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "bench_source"."dead_letter" ADD COLUMN "entity" jsonb;--> statement-breakpoint
ALTER TABLE "bench_source"."dead_letter" ADD CONSTRAINT "dead_letter_reader_id_pk" PRIMARY KEY("reader","id");--> statement-breakpoint
CREATE INDEX "dead_letter_subject" ON "bench_source"."dead_letter" USING btree ("reader","subject","position");--> statement-breakpoint
CREATE TABLE "bench_sink"."idempotency_key" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_key_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE INDEX "idempotency_key_created_at" ON "bench_sink"."idempotency_key" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "bench_sink"."consume_cursor" DROP CONSTRAINT "consume_cursor_pkey";--> statement-breakpoint
ALTER TABLE "bench_sink"."consume_cursor" ADD COLUMN "reader" text;--> statement-breakpoint
-- The one reader that each source had goes on from where it is.
UPDATE "bench_sink"."consume_cursor" SET "reader" = "source";--> statement-breakpoint
ALTER TABLE "bench_sink"."consume_cursor" ADD PRIMARY KEY ("reader");--> statement-breakpoint
ALTER TABLE "bench_sink"."consume_cursor" ADD COLUMN "fold" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "bench_sink"."dead_letter" DROP CONSTRAINT "dead_letter_pkey";--> statement-breakpoint
DROP INDEX "bench_sink"."dead_letter_subject";--> statement-breakpoint
ALTER TABLE "bench_sink"."dead_letter" ADD COLUMN "reader" text;--> statement-breakpoint
UPDATE "bench_sink"."dead_letter" SET "reader" = "source";--> statement-breakpoint
ALTER TABLE "bench_sink"."dead_letter" ALTER COLUMN "event" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "bench_sink"."dead_letter" ADD COLUMN "entity" jsonb;--> statement-breakpoint
ALTER TABLE "bench_sink"."dead_letter" ADD CONSTRAINT "dead_letter_reader_id_pk" PRIMARY KEY("reader","id");--> statement-breakpoint
CREATE INDEX "dead_letter_subject" ON "bench_sink"."dead_letter" USING btree ("reader","subject","position");