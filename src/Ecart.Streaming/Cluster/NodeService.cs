using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Ecart.Streaming.Cluster;

/// <summary>Hands what other nodes send to the pipeline of this one.</summary>
[Reentrant]
internal sealed class NodeService(GrainId id, Silo silo, ILoggerFactory log, LocalLanes lanes) : GrainService(id, silo, log), INodeService
{
    public Task<byte[]> TakeAsync(byte[] items) => Task.Run(() => lanes.TakeAsync(items));
}
