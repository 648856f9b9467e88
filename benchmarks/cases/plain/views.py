from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb
from rest_framework import mixins, serializers, viewsets

from shanzhi.engines.casework.models import Case, Clock, Party, Step
from shanzhi.foundation.base.ids import new_id
from shanzhi.registers.people.models import Person, Unit
from shanzhi.registers.places.models import Place


class PlaceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Place
        fields = ["id", "code", "name", "path"]


class UnitSerializer(serializers.ModelSerializer):
    class Meta:
        model = Unit
        fields = ["id", "key", "name"]


class CaseSerializer(serializers.ModelSerializer):
    place = serializers.PrimaryKeyRelatedField(queryset=Place.objects.all())

    class Meta:
        model = Case
        fields = ["id", "number", "procedure", "state", "stage", "waits_for", "category", "urgency", "place", "unit", "lon", "lat", "spot",
                  "words", "source", "opened_at", "changed_at", "warn_at", "due_at", "closed_at", "synthetic"]  # fmt: skip
        read_only_fields = ["id", "number", "state", "stage", "waits_for", "urgency", "unit", "source", "opened_at", "changed_at", "warn_at",
                            "due_at", "closed_at", "synthetic"]  # fmt: skip

    def to_representation(self, instance: Any) -> dict[str, Any]:
        found = super().to_representation(instance)
        found["place"] = PlaceSerializer(instance.place).data
        found["unit"] = UnitSerializer(instance.unit).data if instance.unit else None
        return found

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> Case:
        at = timezone.now()
        id, person = new_id(), self.context["request"].user.person_id
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('shanzhi.actor', %s, true)", [str(person)])
        due = at + timedelta(minutes=30)
        case = Case.objects.create(
            id=id, number=f"YX-{at:%y%m%d}-{id.hex[-10:].upper()}", version_id=LATEST[0], state="reported", stage=1, waits_for="desk",
            source="resident", opened_at=at, changed_at=at, due_at=due, warn_at=at + timedelta(minutes=18), touched=1,
            **validated_data,
        )  # fmt: skip
        step = Step.objects.create(
            case=case, seq=1, action="", to_state="reported", part="collect", relation="anyone", at=at
        )
        Clock.objects.create(
            case=case, state="reported", limit="30 minutes", counts="urgent", percent=60, started=at, warn=case.warn_at, due=due,
            next_at=case.warn_at, counted_by=[["", None, str(case.place_id)]],
        )  # fmt: skip
        Party.objects.create(case=case, person=Person.objects.get(pk=person), relation="reporter", name="", at=at)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO journal_fact (id, kind, version, about, at, place, person, data) VALUES (%s, 'case.opened', 1, %s, %s, %s, %s, %s)",
                [new_id(), case.id, at, case.place_id, person, Jsonb({"case": str(case.id), "step": str(step.id)})],
            )
        return case


LATEST: list[Any] = []


class CaseViewSet(mixins.CreateModelMixin, mixins.ListModelMixin, viewsets.GenericViewSet):
    queryset = Case.objects.select_related("place", "unit").order_by("-opened_at", "-id")
    serializer_class = CaseSerializer

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not LATEST:
            LATEST.append(Case.objects.values_list("version", flat=True).first())
