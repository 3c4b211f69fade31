using Ecart.Events;
using Ecart.Scoring;
using Ecart.Streaming.Live;

namespace Ecart.Streaming.Tests.Sources.FollowedFile;

/// <summary>A source whose every item is told to one receipt, besides its own.</summary>
internal sealed class ToldSource(ILiveSource source, IReceipt receipt) : ILiveSource
{
    public string Name => source.Name;

    public Task RunAsync(IIntake intake, CancellationToken cancellationToken) => source.RunAsync(new Intake(intake, receipt), cancellationToken);

    private sealed class Intake(IIntake inner, IReceipt receipt) : IIntake
    {
        public ValueTask EnterAsync(IntakeItem item, CancellationToken cancellationToken) => inner.EnterAsync(With(item), cancellationToken);

        public bool TryEnter(IntakeItem item) => inner.TryEnter(With(item));

        public Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(string source, CancellationToken cancellationToken) =>
            inner.ReadPositionsAsync(source, cancellationToken);

        private IntakeItem With(IntakeItem item) => item with { Receipt = item.Receipt is { } own ? new Both(own, receipt) : receipt };
    }

    private sealed class Both(IReceipt first, IReceipt second) : IReceipt
    {
        public void Stored(in ScoredEvent scored)
        {
            first.Stored(in scored);
            second.Stored(in scored);
        }

        public void Known()
        {
            first.Known();
            second.Known();
        }

        public void Applied()
        {
            first.Applied();
            second.Applied();
        }

        public void Rejected(RejectedRecord rejected)
        {
            first.Rejected(rejected);
            second.Rejected(rejected);
        }

        public void Abandoned(Exception cause)
        {
            first.Abandoned(cause);
            second.Abandoned(cause);
        }
    }
}
