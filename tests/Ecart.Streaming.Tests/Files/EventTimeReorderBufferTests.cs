using CsCheck;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;
using Xunit;

namespace Ecart.Streaming.Tests.Files;

public sealed class EventTimeReorderBufferTests
{
    private const int HorizonMinutes = 60;
    private static readonly DateTime Start = new(2018, 4, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Minutes after the start; below 0 stands for a rejected record.</summary>
    private static Gen<int[]> GenMinutes => Gen.Int[-20, 600].Array[0, 200];

    [Fact]
    public void TryRead_AnyInput_IsPermutationAndDeterministic() => Gen.Select(GenMinutes, Gen.Int[1, 300]).Sample(
        (minutes, capacity) =>
        {
            var first = Run(minutes, capacity);

            Assert.Equal(Enumerable.Range(1, minutes.Length).Select(line => (long)line), first.Order());
            Assert.Equal(first, Run(minutes, capacity));
        },
        seed: "0000KOIbCd64", iter: 500);

    [Fact]
    public void TryRead_DisorderWithinHorizon_LeavesInEventOrder() => Gen.Select(Gen.Int[0, 3].Array[0, 300], Gen.Int[0, HorizonMinutes - 1].Array[300])
        .Sample(
            (steps, delays) =>
            {
                var time = 0;
                var arrivals = steps.Select((step, index) => (Event: time += step, Arrival: time + delays[index])).OrderBy(item => item.Arrival).ToArray();
                var lines = Run([.. arrivals.Select(item => item.Event)], EventTimeReorderBuffer.DefaultCapacity);
                var left = lines.Select(line => (arrivals[line - 1].Event, line)).ToList();
                Assert.Equal(left.Order(), left);
            },
            seed: "0000KOIbCd64", iter: 300);

    [Fact]
    public void TryRead_PrefixOfInput_LeavesPrefixOfOutput() => GenMinutes.Where(minutes => minutes.Length > 1).Sample(
        minutes =>
        {
            var whole = Run(minutes, 20);
            var source = new ListSource(minutes[..(minutes.Length / 2)]) { EndsInFailure = true };
            var buffer = new EventTimeReorderBuffer(source, capacity: 20);
            var part = FileCase.ReadAll(buffer).Select(record => record.Line).ToList();

            Assert.Equal(minutes.Length / 2, part.Count);
            Assert.Equal(whole.Take((int)buffer.Position), part.Take((int)buffer.Position));
        },
        seed: "0000KOIbCd64", iter: 500);

    [Fact]
    public void TryRead_BeyondCapacity_ForcesOutTheEarliest() => Assert.Equal([3L, 1, 2, 4], Run([30, 40, 20, 50], capacity: 2));

    [Fact]
    public void TryRead_RejectedRecord_PassesAtOnce() => Assert.Equal([2L, 3, 1], Run([30, -1, 20], capacity: 10));

    private static List<long> Run(int[] minutes, int capacity)
    {
        var buffer = new EventTimeReorderBuffer(new ListSource(minutes), TimeSpan.FromMinutes(HorizonMinutes), capacity);
        var lines = FileCase.ReadAll(buffer).Select(record => record.Line).ToList();
        Assert.Equal(minutes.Length, buffer.Position);
        return lines;
    }

    private sealed class ListSource(int[] minutes) : IFileRecordSource
    {
        private int _next;

        public bool EndsInFailure { get; init; }

        public FileFailure? Failure => EndsInFailure && _next > minutes.Length ? new FileFailure("x.csv", _next, 0, "ends") : null;

        public bool TryRead(out FileRecord record)
        {
            record = default;
            if (_next++ >= minutes.Length)
                return false;

            var position = RecordPosition.OfLine("x.csv", _next);
            var time = minutes[_next - 1];
            var decoded = time < 0
                ? new DecodedRecord(RecordFields.RejectWhole(position, TransactionEvent.DomainName, RejectReason.Malformed, [], "bad."))
                : new DecodedRecord(new TransactionEvent { EventUid = $"{_next}", OccurredAt = Start.AddMinutes(time), AccountId = "A", Amount = 1, ScoredAmount = 1 }, null);
            record = new FileRecord(decoded, "x.csv", _next, _next);
            return true;
        }
    }
}
