using Ecart.Streaming.Live;

namespace Ecart.Streaming.Tests.Live;

/// <summary>A source into which a test hands by itself.</summary>
internal sealed class ManualSource : ILiveSource
{
    private readonly TaskCompletionSource<IIntake> started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "manual";

    /// <summary>The intake, once sources are started.</summary>
    public Task<IIntake> Started => started.Task;

    public async Task RunAsync(IIntake intake, CancellationToken cancellationToken)
    {
        started.TrySetResult(intake);
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
