using Ecart.Detection.Batch;
using Ecart.Numerics;

namespace Ecart.Detection.Streaming;

/// <summary>
/// A tree of random cuts through a bounded set of points: a cut's dimension is drawn by the sides of the box around the points, its place uniformly. Adding or
/// removing a point gives a tree as probable as one grown from the changed set. Not thread-safe.
/// </summary>
/// <remarks>
/// Inner nodes are 0 to capacity − 1 and so are their boxes, leaves the numbers above. A point that comes several times is one leaf of that mass.
/// S. Guha, N. Mishra, G. Roy, O. Schrijvers, Robust random cut forest based anomaly detection on streams, ICML 2016.
/// </remarks>
internal sealed class RandomCutTree
{
    private const int None = -1;
    private readonly int capacity;
    private readonly SharedPoints points;
    private readonly BoundingBoxes boxes;
    private readonly int[] left;
    private readonly int[] right;
    private readonly int[] cutDimension;
    private readonly float[] cutValue;
    private readonly int[] parent;
    private readonly int[] mass;
    private readonly int[] pointOf;
    private readonly int[] freeInner;
    private readonly int[] freeLeaves;
    private int freeInnerCount;
    private int freeLeafCount;
    private int usedInner;
    private int usedLeaves;
    private int root = None;

    public RandomCutTree(int capacity, int dimension, SharedPoints points)
    {
        this.capacity = capacity;
        this.points = points;
        boxes = new BoundingBoxes(dimension);
        left = new int[capacity];
        right = new int[capacity];
        cutDimension = new int[capacity];
        cutValue = new float[capacity];
        parent = new int[2 * capacity];
        mass = new int[2 * capacity];
        pointOf = new int[capacity];
        freeInner = new int[capacity];
        freeLeaves = new int[capacity];
    }

    public int Mass => root == None ? 0 : mass[root];

    public long Bytes => boxes.Bytes + (sizeof(int) * (11L * capacity));

    /// <summary>Root of the tree, −1 when empty.</summary>
    public int Root => root;

    public bool IsLeaf(int node) => node >= capacity;

    public int MassOf(int node) => mass[node];

    /// <summary>The child of an inner node on whose side of the cut a vector lies.</summary>
    public int ChildOf(int node, ReadOnlySpan<float> vector) => vector[cutDimension[node]] <= cutValue[node] ? left[node] : right[node];

    public (int Left, int Right) ChildrenOf(int node) => (left[node], right[node]);

    /// <summary>Corners of the box around the points below a node; those of a leaf are its point.</summary>
    public ReadOnlySpan<float> LowerOf(int node) => IsLeaf(node) ? points[pointOf[node - capacity]] : boxes.Lower(node);

    /// <inheritdoc cref="LowerOf"/>
    public ReadOnlySpan<float> UpperOf(int node) => IsLeaf(node) ? points[pointOf[node - capacity]] : boxes.Upper(node);

    /// <summary>Sum of the sides of that box.</summary>
    public double SidesOf(int node) => IsLeaf(node) ? 0 : boxes.Sides(node);

    /// <summary>Adds a point. The tree must not be full.</summary>
    /// <returns>Its leaf, by which it is removed.</returns>
    public int Add(int point, SeededRandom random)
    {
        ReadOnlySpan<float> vector = points[point];
        int above = None;
        int node = root;
        while (node != None)
        {
            ReadOnlySpan<float> lower = LowerOf(node);
            ReadOnlySpan<float> upper = UpperOf(node);
            double outside = BoundingBoxes.Outside(vector, lower, upper);
            double place = random.NextDouble() * (SidesOf(node) + outside);
            if (outside > 0 && (place < outside || IsLeaf(node))) return Split(node, above, point, place);
            mass[node]++;
            if (IsLeaf(node)) return node;
            if (outside > 0) boxes.Enclose(node, lower, upper, vector, vector);
            above = node;
            node = ChildOf(node, vector);
        }

        root = NewLeaf(point, None);
        return root;
    }

    /// <summary>Removes a point.</summary>
    public void Remove(int leaf)
    {
        mass[leaf]--;
        if (mass[leaf] > 0)
        {
            for (int node = parent[leaf]; node != None; node = parent[node]) mass[node]--;
            return;
        }

        int point = pointOf[leaf - capacity];
        int above = parent[leaf];
        freeLeaves[freeLeafCount++] = leaf - capacity;
        if (above == None)
        {
            root = None;
        }
        else
        {
            int sibling = left[above] == leaf ? right[above] : left[above];
            Replace(above, sibling, parent[above]);
            freeInner[freeInnerCount++] = above;
            Shrink(parent[sibling], points[point]);
        }

        points.Release(point);
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Int(root);
        writer.Ints(left.AsSpan(0, usedInner));
        writer.Ints(right.AsSpan(0, usedInner));
        writer.Ints(cutDimension.AsSpan(0, usedInner));
        writer.Floats(cutValue.AsSpan(0, usedInner));
        writer.Ints(pointOf.AsSpan(0, usedLeaves));
        writer.Ints(parent);
        writer.Ints(mass);
        writer.Ints(freeInner.AsSpan(0, freeInnerCount));
        writer.Ints(freeLeaves.AsSpan(0, freeLeafCount));
    }

    public void Read(ref ArtefactReader reader)
    {
        root = reader.Int(None, (2 * capacity) - 1);
        usedInner = CopyTo(reader.Ints(), left);
        CopyTo(reader.Ints(usedInner), right);
        CopyTo(reader.Ints(usedInner), cutDimension);
        reader.Floats(usedInner).CopyTo(cutValue, 0);
        usedLeaves = CopyTo(reader.Ints(), pointOf);
        CopyTo(reader.Ints(2 * capacity), parent);
        CopyTo(reader.Ints(2 * capacity), mass);
        freeInnerCount = CopyTo(reader.Ints(), freeInner);
        freeLeafCount = CopyTo(reader.Ints(), freeLeaves);
        boxes.Reserve(usedInner);
        if (root != None) Enclose(root);
    }

    private static int CopyTo(int[] source, int[] target)
    {
        if (source.Length > target.Length) throw new ArtefactException("The artefact is damaged: a tree is larger than it can be. Restore it from a backup.");
        source.CopyTo(target, 0);
        return source.Length;
    }

    /// <summary>Puts a new inner node in the place of a node: below it the node on one side, the new point on the other.</summary>
    /// <param name="node">Whose box the cut misses.</param>
    /// <param name="above">The node's parent.</param>
    /// <param name="point">The new point.</param>
    /// <param name="place">Where the cut lies, along all that the point lies outside of the box.</param>
    private int Split(int node, int above, int point, double place)
    {
        ReadOnlySpan<float> vector = points[point];
        (int dimension, float value) = Cut(vector, LowerOf(node), UpperOf(node), place);
        int inner = freeInnerCount > 0 ? freeInner[--freeInnerCount] : usedInner++;
        boxes.Reserve(inner + 1);
        int leaf = NewLeaf(point, inner);
        bool isLeft = vector[dimension] <= value;
        (left[inner], right[inner]) = isLeft ? (leaf, node) : (node, leaf);
        (cutDimension[inner], cutValue[inner]) = (dimension, value);
        mass[inner] = mass[node] + 1;
        Replace(node, inner, above);
        parent[node] = inner;
        boxes.Enclose(inner, LowerOf(node), UpperOf(node), vector, vector);
        return leaf;
    }

    private static (int Dimension, float Value) Cut(
        ReadOnlySpan<float> vector, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, double place)
    {
        int last = 0;
        for (int j = 0; j < vector.Length; j++)
        {
            double outside = Math.Max(lower[j] - vector[j], vector[j] - upper[j]);
            if (outside <= 0) continue;
            last = j;
            if (place < outside) break;
            place -= outside;
        }

        // A cut at the upper end would have both on its lower side.
        (float from, float to) = vector[last] < lower[last] ? (vector[last], lower[last]) : (upper[last], vector[last]);
        float value = (float)(from + Math.Min(place, (double)to - from));
        return (last, Math.Clamp(value, from, MathF.BitDecrement(to)));
    }

    private int NewLeaf(int point, int above)
    {
        int number = freeLeafCount > 0 ? freeLeaves[--freeLeafCount] : usedLeaves++;
        int leaf = capacity + number;
        pointOf[number] = point;
        parent[leaf] = above;
        mass[leaf] = 1;
        points.Refer(point);
        return leaf;
    }

    private void Replace(int node, int by, int above)
    {
        parent[by] = above;
        if (above == None) root = by;
        else if (left[above] == node) left[above] = by;
        else right[above] = by;
    }

    /// <summary>Takes a point that left from the boxes and masses of a node and all above it.</summary>
    private void Shrink(int node, ReadOnlySpan<float> vector)
    {
        bool isInside = false;
        for (; node != None; node = parent[node])
        {
            mass[node]--;
            isInside = isInside || boxes.IsStrictlyInside(vector, node);
            if (!isInside) EncloseChildren(node);
        }
    }

    private void EncloseChildren(int node) =>
        boxes.Enclose(node, LowerOf(left[node]), UpperOf(left[node]), LowerOf(right[node]), UpperOf(right[node]));

    private void Enclose(int node)
    {
        if (IsLeaf(node)) return;
        Enclose(left[node]);
        Enclose(right[node]);
        EncloseChildren(node);
    }
}
