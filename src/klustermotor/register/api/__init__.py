"""The register's part of the API: organisations, people, places and industries."""

from ninja import Router

from klustermotor.register.api.classification import router as classification
from klustermotor.register.api.establishments import router as establishments
from klustermotor.register.api.organisations import router as organisations
from klustermotor.register.api.people import router as people

router = Router()
router.add_router("", organisations)
router.add_router("", establishments)
router.add_router("", people)
router.add_router("", classification)
