CREATE TABLE "policy"."project" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy"."project_vm" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL
);
