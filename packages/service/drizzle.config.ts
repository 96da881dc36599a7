import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/access/schema.ts', './src/leadership/schema.ts'],
  out: './migrations',
});
