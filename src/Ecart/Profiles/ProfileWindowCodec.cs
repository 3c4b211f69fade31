namespace Ecart.Profiles;

/// <summary>Stores a <see cref="ProfileWindow"/> exactly.</summary>
internal static class ProfileWindowCodec
{
    public static void Write(ProfileWindow window, StateWriter writer)
    {
        writer.Int(window.NewestDay);
        writer.Long(window.ForgottenUntil);
        writer.Int(window.BlockCount);
        for (int b = 0; b < window.BlockCount; b++)
        {
            ProfileBlock block = window.BlockAt(b);
            writer.Int(block.Index);
            writer.Long(block.FirstTicks);
            writer.Long(block.LastTicks);
            writer.Int(block.Count);
            writer.Moments(in block.Distance);
            foreach (ref readonly Moments moments in block.Measures.AsSpan()) writer.Moments(in moments);
            for (int hour = 0; hour < 24; hour++) writer.Int(block.Hours[hour]);
            writer.Floats(block.VectorSum);
        }
    }

    public static void Read(ProfileWindow window, ref StateReader reader)
    {
        int newestDay = reader.Int();
        long forgottenUntil = reader.Long();
        int count = reader.Count(ProfileWindow.MaximumBlocks);
        for (int b = 0; b < count; b++)
        {
            ProfileBlock block = window.Append(reader.Int(), reader.Long());
            block.LastTicks = reader.Long();
            block.Count = reader.Int();
            block.Distance = reader.Moments();
            for (int i = 0; i < block.Measures.Length; i++) block.Measures[i] = reader.Moments();
            for (int hour = 0; hour < 24; hour++) block.Hours[hour] = reader.Int();
            reader.Floats(block.VectorSum);
        }

        window.RestoreBounds(newestDay, forgottenUntil);
    }
}
