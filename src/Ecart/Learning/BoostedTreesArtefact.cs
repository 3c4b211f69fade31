using Ecart.Detection.Batch;

namespace Ecart.Learning;

/// <summary>Trees as bytes: a mark, the version of the format, the names of the features, the trees, and a SHA-256 of it all.</summary>
public static class BoostedTreesArtefact
{
    /// <summary>The format that is written. Older ones stay readable.</summary>
    public const int Version = 1;

    private static readonly ArtefactEnvelope Envelope = new()
    {
        Mark = 0x54424545, // "EEBT"
        Version = Version,
        WithoutMark = "These are no boosted trees: the artefact does not begin with the mark of them.",
        Saved = "The trees were",
    };
    private const int MostFeatures = 100_000;

    /// <summary>Makes trees of what <see cref="BoostedTrees.Save"/> returned.</summary>
    /// <exception cref="ArtefactException">Damaged, no trees, or of a newer format.</exception>
    public static BoostedTrees Restore(ReadOnlySpan<byte> artefact)
    {
        ArtefactReader reader = Envelope.Open(artefact);
        BoostedTrees trees = Read(ref reader);
        reader.RequireEnd();
        return trees;
    }

    internal static byte[] Pack(BoostedTrees trees)
    {
        ArtefactWriter writer = Envelope.Begin();
        writer.Int(trees.Features.Count);
        foreach (string name in trees.Features) writer.Text(name);
        writer.Double(trees.Slope);
        writer.Double(trees.Intercept);
        writer.Ints(trees.Roots);
        writer.Doubles(trees.Leaves);
        ReadOnlySpan<TreeNode> nodes = trees.Nodes;
        writer.Int(nodes.Length);
        foreach (ref readonly TreeNode node in nodes)
        {
            writer.Int(node.Feature);
            writer.Int(BitConverter.SingleToInt32Bits(node.Threshold));
            writer.Int(node.Lower);
            writer.Int(node.Higher);
            writer.Double(node.Value);
        }

        return ArtefactEnvelope.Seal(writer);
    }

    private static BoostedTrees Read(ref ArtefactReader reader)
    {
        var features = new string[reader.Int(1, MostFeatures)];
        for (int i = 0; i < features.Length; i++) features[i] = reader.Text();
        double slope = reader.Double();
        double intercept = reader.Double();
        int[] roots = reader.Ints();
        double[] leaves = reader.Doubles();
        var nodes = new TreeNode[reader.Int(0, leaves.Length)];
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = new TreeNode(reader.Int(), BitConverter.Int32BitsToSingle(reader.Int()), reader.Int(), reader.Int(), reader.Double());
        return new BoostedTrees(features, roots, nodes, leaves, slope, intercept);
    }
}
