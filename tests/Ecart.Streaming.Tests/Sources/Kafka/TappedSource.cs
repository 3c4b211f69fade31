using Ecart.Streaming.Live;

namespace Ecart.Streaming.Tests.Sources.Kafka;

/// <summary>A source of which every item is seen before it is handed in.</summary>
/// <param name="inner">The source.</param>
/// <param name="beforeItem">Called on the reading thread with the number of items before.</param>
internal sealed class TappedSource(ILiveSource inner, Action<int>? beforeItem = null) : ILiveSource
{
    private int items;

    public string Name => inner.Name;

    /// <summary>The source begins when this ends.</summary>
    public Task StartAfter { get; init; } = Task.CompletedTask;

    public int Items => Volatile.Read(ref items);

    public async Task RunAsync(IIntake intake, CancellationToken cancellationToken)
    {
        await StartAfter.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await inner.RunAsync(new Tap(this, intake), cancellationToken);
    }

    private void Count()
    {
        beforeItem?.Invoke(items);
        Interlocked.Increment(ref items);
    }

    private sealed class Tap(TappedSource source, IIntake intake) : IIntake
    {
        public ValueTask EnterAsync(IntakeItem item, CancellationToken cancellationToken) => intake.EnterAsync(item, cancellationToken);

        public bool TryEnter(IntakeItem item)
        {
            source.Count();
            return intake.TryEnter(item);
        }

        public Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(string name, CancellationToken cancellationToken) =>
            intake.ReadPositionsAsync(name, cancellationToken);
    }
}
