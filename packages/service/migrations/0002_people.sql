CREATE TABLE "access"."directory" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "directory_one_row" CHECK ("access"."directory"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "access"."person" (
	"id" text PRIMARY KEY NOT NULL,
	"uid_hash" text NOT NULL,
	"roles" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access"."session" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"person" text NOT NULL,
	"created" timestamp with time zone NOT NULL,
	"expires" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "access"."token" ADD COLUMN "person" text;--> statement-breakpoint
ALTER TABLE "access"."session" ADD CONSTRAINT "session_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "access"."person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_uid_hash" ON "access"."person" USING btree ("uid_hash");--> statement-breakpoint
CREATE INDEX "session_person" ON "access"."session" USING btree ("person");--> statement-breakpoint
ALTER TABLE "access"."token" ADD CONSTRAINT "token_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "access"."person"("id") ON DELETE cascade ON UPDATE no action;