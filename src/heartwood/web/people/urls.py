"""The addresses of accounts."""

from django.urls import path

from heartwood.web.people.views import (
    bringing,
    by_code,
    devices,
    house,
    inviting,
    joining,
    locked,
    own,
    signing_in,
)

app_name = "people"
urlpatterns = [
    path("privacy/", house.privacy, name="privacy"),
    path("imprint/", house.imprint, name="imprint"),
    path("terms/", house.terms, name="terms"),
    path("join/<str:token>/", joining.join, name="join"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("invitations/", inviting.invitations_page, name="invitations"),
    path("settings/", own.settings, name="settings"),
    path("settings/way-back/", own.way_back, name="way-back"),
    path("settings/password/", own.password, name="password"),
    path("settings/address/", by_code.ask_to_confirm, name="ask-to-confirm"),
    path("address/<str:token>/", by_code.confirm_address, name="confirm-address"),
    path("settings/discreet/", own.discreet, name="discreet"),
    path("locked/", locked.locked, name="locked"),
    path("locked/now/", locked.lock_now, name="lock-now"),
    path("settings/lock/", locked.settings, name="lock"),
    path("settings/browsers/", devices.browsers_page, name="browsers"),
    path("settings/export/", own.export, name="export"),
    path("settings/export/page/", own.export_page, name="export-page"),
    path("settings/bring/", bringing.bring, name="bring"),
    path("settings/erase/", own.erase, name="erase"),
]
