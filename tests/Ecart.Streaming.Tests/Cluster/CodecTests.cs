using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Scoring;
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
