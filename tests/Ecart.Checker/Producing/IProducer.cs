namespace Ecart.Checker.Producing;

/// <summary>Brings items to the service in order, and again where it cannot know whether they arrived.</summary>
internal interface IProducer : IAsyncDisposable
{
    /// <summary>Produces some items. Ends when the service has them or will find them.</summary>
    Task ProduceAsync(IReadOnlyList<ProducedItem> items, CancellationToken cancellationToken);

    /// <summary>Produces what was held back. Call once, after the last item.</summary>
    Task FinishAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether the service has read everything to the end, as far as the producer can know.</summary>
    Task<bool> IsReadAsync(CancellationToken cancellationToken) => Task.FromResult(true);
}
