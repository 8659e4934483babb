import type { FastifyInstance } from 'fastify'
import { boardRoutes } from './board-routes.ts'
import { claimRoutes } from './claim-routes.ts'
import { countRoutes } from './count-routes.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { moderationRoutes } from './moderation-routes.ts'
import { photoRoutes } from './photo-routes.ts'
import { openPhotos } from './photos.ts'
import { postRoutes } from './post-routes.ts'
import { sponsorRoutes } from './sponsor-routes.ts'

/** Small wishes, from the phone on which they are written to the certificate of whoever fulfilled them. */
export async function wishRoutes(app: FastifyInstance): Promise<void> {
  const photos = openPhotos(app)
  postRoutes(app)
  moderationRoutes(app)
  boardRoutes(app)
  sponsorRoutes(app)
  claimRoutes(app)
  photoRoutes(app, photos)
  deliveryRoutes(app, photos)
  countRoutes(app)
}
