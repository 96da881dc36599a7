CREATE TABLE "policy"."directory" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."member" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."person" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
