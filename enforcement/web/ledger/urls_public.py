"""/public/ledger/ and /public/proofs/: checking what was published."""

from django.urls import path

from enforcement.web.ledger import public_views

app_name = "ledger_public"

urlpatterns = [
    path("ledger/", public_views.index, name="index"),
    path("ledger/keys/<slug:key_id>.pem", public_views.public_key, name="key"),
    path("ledger/verify_inclusion.py", public_views.script, name="script"),
    path("ledger/checkpoints/<int:number>.json", public_views.checkpoint, name="checkpoint"),
    path("proofs/<slug:kind>/<path:key>.json", public_views.proof, name="proof"),
]
