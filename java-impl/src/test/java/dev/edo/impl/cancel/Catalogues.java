package dev.edo.impl.cancel;

import dev.edo.task.LocalPoolHandle;
import java.util.List;
import java.util.stream.Stream;

/** All catalogues. */
final class Catalogues {
    private Catalogues() {}

    static Stream<Catalogue.Entry> all(RuntimeWorld world, LocalPoolHandle pool) {
        return List.of(
                new LockCatalogue(),
                new ChannelCatalogue(),
                new CombinatorCatalogue(),
                new TimeCatalogue(world),
                new TaskCatalogue(world),
                new NetCatalogue(world),
                new IoCatalogue(),
                new ReadCatalogue(),
                new NumberCatalogue(),
                new WriteCatalogue(),
                new CopyCatalogue(),
                new PollReadCatalogue(),
                new PollWriteCatalogue(),
                new SeekCatalogue(),
                new StreamCatalogue(),
                new DrainCatalogue(),
                new SourceCatalogue(world),
                new TimedStreamCatalogue(world),
                new CodecCatalogue(),
                new JoinCatalogue(world),
                new BranchCatalogue(),
                new SignalCatalogue(),
                new SyncPollCatalogue(),
                new SpawnCatalogue(world, pool),
                new TaskFutureCatalogue(world),
                new TcpCatalogue(world),
                new ConnectCatalogue(world),
                new UdpCatalogue(world),
                new UnixCatalogue(world),
                new UnixDatagramCatalogue(world),
                new UnixPipeCatalogue(world),
                new FdCatalogue(world),
                new ProcessCatalogue(world),
                new BlockingIoCatalogue(world),
                new FileCatalogue(world),
                new FsCatalogue(world),
                new LocalCatalogue(world))
                .stream()
                .flatMap(catalogue -> catalogue.entries().stream());
    }
}
