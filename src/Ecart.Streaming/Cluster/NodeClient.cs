using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Ecart.Streaming.Cluster;

/// <summary>Reaches the service of a given node. Thread-safe.</summary>
internal sealed class NodeClient(IServiceProvider services) : GrainServiceClient<INodeService>(services)
{
    public INodeService Of(SiloAddress node) => GetGrainService(node);
}
