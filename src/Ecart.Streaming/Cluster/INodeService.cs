using Orleans.Services;

namespace Ecart.Streaming.Cluster;

/// <summary>What a node does for the others.</summary>
internal interface INodeService : IGrainService
{
    /// <summary>Takes items of lanes that this node owns.</summary>
    /// <param name="items">As <see cref="ItemCodec"/> writes them.</param>
    /// <returns>What became of each, after the commit, as <see cref="OutcomeCodec"/> writes it.</returns>
    Task<byte[]> TakeAsync(byte[] items);
}
