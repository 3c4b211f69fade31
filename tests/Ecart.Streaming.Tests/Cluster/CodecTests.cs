using Ecart.Domains.Iot;
using Ecart.Domains.Network;
using Ecart.Domains.Transactions;
using Ecart.Domains.UserBehavior;
using Ecart.Events;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.Streaming.Cluster;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Pipeline;
using Xunit;

namespace Ecart.Streaming.Tests.Cluster;

public sealed class CodecTests
{
    [Fact]
    public void Items_WrittenAndRead_AreTheSame()
    {
        List<ReplayItem> items = [.. CardStream.Mixed(94).Where(item => item.Rejected is null)];
        items[0] = items[0] with { Partition = 3 };
        int label = items.FindIndex(item => item.Label is not null);
        items[label] = items[label] with { EventLane = 17 };

        IReadOnlyList<ReplayItem> read = ItemCodec.Read(ItemCodec.Write(items));

        Assert.Equal(items.Count, read.Count);
        for (int i = 0; i < items.Count; i++)
        {
            Assert.Equal(items[i] with { Event = null }, read[i] with { Event = null });
            if (items[i].Event is not TransactionEvent expected) continue;
            Assert.Equivalent(expected, read[i].Event, strict: true);
            Assert.Equal(expected.ContentHash, read[i].Event!.ContentHash);
        }
    }

    [Fact]
    public void Items_OfEveryDomain_AreTheSame()
    {
        float[] vector = [.. Enumerable.Range(0, 256).Select(i => i / 256f)];
        DomainEvent[] events =
        [
            .. new NetworkSimulator(new NetworkSimulatorOptions { Workstations = 3, Devices = 1, Servers = 1, Days = 2, QuietDays = 0, IncidentsPerDay = 3 })
                .Generate().Select(simulated => simulated.Event),
            .. new UserBehaviorSimulator(new UserBehaviorSimulatorOptions { Users = 4, Days = 6, QuietDays = 1, IncidentsPerDay = 20 })
                .Generate().Select(simulated => simulated.Event),
            new NetworkFlow
            {
                EventUid = "n", OccurredAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), Kind = NetworkRecordKind.Alert, SourceAddress = "a", DestinationAddress = "b",
                Service = "ssh", Flags = TcpControlBits.Syn | TcpControlBits.Fin, LoginAttempts = 3, LoginSucceeded = false, QueryName = "q", IsNameUnknown = true,
                AlertName = "alert", AlertCategory = "category", AlertSeverity = 2,
            },
            new UserBehaviorEvent
            {
                EventUid = "u", OccurredAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), UserId = "user", EventType = "login", UserAgent = "agent", SessionId = "s",
                City = "Paris", UtcOffsetMinutes = -90, Embedding = vector, EmbeddingVersion = 4,
            },
            new IotMeasurement
            {
                EventUid = "i", OccurredAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), DeviceId = "pump", Signal = "motor", Type = MeasurementType.Flow,
                Value = -1.25e-7, Unit = "m³/h", Location = "",
            },
            new IotMeasurement { EventUid = "j", OccurredAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), DeviceId = "fan", Signal = "load", Value = 1e30 },
        ];

        IReadOnlyList<ReplayItem> read = ItemCodec.Read(ItemCodec.Write([.. events.Select((one, i) => new ReplayItem(one, null, null, "file", i))]));

        for (int i = 0; i < events.Length; i++)
        {
            Assert.Equivalent(events[i], read[i].Event, strict: true);
            Assert.Equal(events[i].ContentHash, read[i].Event!.ContentHash);
        }
    }

    [Fact]
    public void Outcomes_WrittenAndRead_SayTheSame()
    {
        var engine = new TransactionEngine(TransactionOptions.Default);
        TransactionEvent transaction = CardStream.Events(95, 1, 3)[0];
        var verdict = new Verdict(engine.Dimension);
        engine.Score(transaction, verdict);
        var rejected = new RejectedRecord("s", 1, 2, "transactions", null, RejectReason.UnknownEvent, "uid", "v", "m", new byte[] { 1, 2 });

        IReadOnlyList<ItemOutcome> read = OutcomeCodec.Read(OutcomeCodec.Write(
        [
            new ItemOutcome(ItemOutcomeKind.Stored, VerdictCodec.Write(new ScoredEvent(transaction, verdict, 5, 9))),
            new ItemOutcome(ItemOutcomeKind.Rejected, Rejection: rejected),
            new ItemOutcome(ItemOutcomeKind.Applied),
        ]));

        ScoredEvent scored = VerdictCodec.Read(read[0].Scored!, transaction);
        Assert.Equal((5, 9L, verdict.Score, verdict.RankScore), (scored.Lane, scored.Seq, scored.Verdict.Score, scored.Verdict.RankScore));
        Assert.Equal(verdict.Evidence.ToArray(), scored.Verdict.Evidence.ToArray());
        Assert.Equal(rejected.Payload.ToArray(), read[1].Rejection!.Payload.ToArray());
        Assert.Equal(rejected with { Payload = default }, read[1].Rejection! with { Payload = default });
        Assert.Equal(ItemOutcomeKind.Applied, read[2].Kind);
    }

    [Fact]
    public void Read_AnotherVersion_SaysWhatToDo()
    {
        var error = Assert.Throws<InvalidDataException>(() => ItemCodec.Read([9]));

        Assert.Contains("run the same program on all nodes", error.Message, StringComparison.Ordinal);
    }
}
