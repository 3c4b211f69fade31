using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.Streaming.Live;

/// <summary>What makes a pipeline one of several, in processes of their own, that share the lanes.</summary>
public interface ILaneCluster
{
    /// <summary>Where sources hand in instead of the pipeline itself. Called once, before the first run.</summary>
    /// <param name="local">The intake of this pipeline, for the lanes that it owns.</param>
    IIntake Join(IIntake local);

    /// <summary>What this process is to own now. After a change the pipeline is told to <see cref="LivePipeline.Reload"/>.</summary>
    Task<LaneShare?> ShareAsync(CancellationToken cancellationToken);

    /// <summary>A run begins. Its engine may be asked for <see cref="IDomainEngine.NewOthers"/>, and nothing else, from any thread.</summary>
    void Began(IDomainEngine engine, StatePart part, IReadOnlyList<int> owned);

    /// <summary>What other processes have counted, if it has changed since the last call; else null. Called on the scoring thread.</summary>
    IOtherCounts? TakeCounts();

    /// <summary>Another process owns something of what this one owned: waits until it is worth asking for a share again.</summary>
    /// <exception cref="InvalidOperationException">This process is no member any more.</exception>
    Task LostAsync(Exception cause, CancellationToken cancellationToken);

    /// <summary>Sources have ended: waits until everything that they handed in is durable, here or elsewhere.</summary>
    Task DrainAsync();

    /// <summary>The pipeline has failed: gives up on everything that was handed in.</summary>
    void Abandon(Exception cause);
}
