namespace Ecart.Streaming.Live;

/// <summary>A source that never ends by itself: a topic, an endpoint, a file that grows.</summary>
public interface ILiveSource
{
    /// <summary>Name for logs and metrics, for example <c>kafka:transactions</c>.</summary>
    string Name { get; }

    /// <summary>Reads until it is cancelled. Failures that pass are its own business: it reports them and tries again.</summary>
    /// <param name="intake">Where items go. Acknowledge to the sender only what a receipt has told to be durable.</param>
    /// <param name="cancellationToken">Ends reading at once; what was handed in is still committed.</param>
    /// <exception cref="InvalidOperationException">The configuration cannot work; the message says what to change.</exception>
    Task RunAsync(IIntake intake, CancellationToken cancellationToken);
}
