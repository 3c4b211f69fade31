using System.Threading.Channels;
using Ecart.Streaming.Live;
using Xunit;

namespace Ecart.Streaming.Tests.Sources.FollowedFile;

/// <summary>Takes what a source hands in, keeping the positions as a store would once all of it is durable.</summary>
internal sealed class CollectingIntake : IIntake
{
    private readonly Channel<IntakeItem> items = Channel.CreateUnbounded<IntakeItem>();

    public Dictionary<string, long> Positions { get; } = [];

    public ValueTask EnterAsync(IntakeItem item, CancellationToken cancellationToken) => items.Writer.WriteAsync(item, cancellationToken);

    public bool TryEnter(IntakeItem item) => items.Writer.TryWrite(item);

    public Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(string source, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<int, long>>(
            Positions.TryGetValue(source, out long position) ? new Dictionary<int, long> { [0] = position } : new Dictionary<int, long>());

    /// <summary>Waits for the next items and commits them.</summary>
    public async Task<List<IntakeItem>> TakeAsync(int count)
    {
        var taken = new List<IntakeItem>();
        while (taken.Count < count)
        {
            IntakeItem item = await items.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (item.Position is { } position) Positions[position.Source] = position.NextOffset;
            taken.Add(item);
        }

        return taken;
    }

    /// <summary>Waits for the uids of the next events.</summary>
    public async Task<string> TakeUidsAsync(int count) =>
        string.Join(" ", (await TakeAsync(count)).Select(item => item.Item.Event?.EventUid ?? item.Item.Rejected?.Reason.ToString() ?? "label"));

    /// <summary>True when nothing more was handed in.</summary>
    public bool IsEmpty => items.Reader.Count == 0;
}
