using System.Threading.Channels;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>One listener's queue: bounded, so that one who does not read costs no memory. Thread-safe.</summary>
internal sealed class LiveSubscription
{
    /// <summary>Messages that wait for a listener, at most.</summary>
    public const int MostWaiting = 2000;

    private readonly Channel<LiveMessage> messages = Channel.CreateBounded<LiveMessage>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>What it hears; ends when it was too slow.</summary>
    public ChannelReader<LiveMessage> Messages => messages.Reader;

    /// <summary>Tells it something; a queue that is full is closed.</summary>
    public void Tell(LiveMessage message)
    {
        if (!messages.Writer.TryWrite(message)) messages.Writer.TryComplete();
    }
}
