"""Writes what jax.export writes for functions of many kinds, and the official reading of each.

Run with JAX in this folder: python make_exports.py. Made with jax 0.10.2.
"""
import os
os.environ['XLA_FLAGS']='--xla_force_host_platform_device_count=8'
import jax, jax.numpy as jnp, numpy as np
from jax import export, lax
from jax._src.interpreters import mlir
from jaxlib.mlir.dialects import stablehlo
from jax.sharding import Mesh, PartitionSpec as P, NamedSharding
jax.config.update('jax_enable_x64', True)
jax.config.update('jax_hlo_source_file_canonicalization_regex', '.*/')
S=lambda *s,dt=np.float32: jax.ShapeDtypeStruct(s,dt)
mesh=Mesh(np.array(jax.devices()).reshape(4,2),('data','model'))
def mlp(p,x):
    for w,b in p: x=jnp.tanh(x@w+b)
    return jnp.mean(x**2)
params=[(S(8,16),S(16)),(S(16,4),S(4))]
fs={
 'sin_matmul':(lambda x: jnp.sin(x)@x.T+1,[S(3,4)]),
 'grad_mlp':(jax.grad(mlp),[params,S(5,8)]),
 'hessian':(jax.hessian(lambda x: jnp.sum(jnp.sin(x)*x**3)),[S(4)]),
 'while':(lambda x: lax.while_loop(lambda c:c[0]<10,lambda c:(c[0]+1,c[1]*1.1),(0,x)),[S(3)]),
 'fori':(lambda x: lax.fori_loop(0,5,lambda i,c:c+i,x),[S(3,dt=np.int32)]),
 'scan':(lambda x: lax.scan(lambda c,a:(c+a,c*a),jnp.zeros(4,np.float32),x),[S(7,4)]),
 'grad_scan':(jax.grad(lambda x: lax.scan(lambda c,a:(jnp.sin(c+a),c),jnp.zeros(4,np.float32),x)[0].sum()),[S(7,4)]),
 'cond':(lambda p,x: lax.cond(p,lambda v:v*2,lambda v:v-1,x),[S(dt=np.bool_),S(3)]),
 'switch':(lambda i,x: lax.switch(i,[jnp.sin,jnp.cos,jnp.exp],x),[S(dt=np.int32),S(3)]),
 'bf16':(lambda x,y: (x@y).astype(jnp.bfloat16)+jnp.bfloat16(1.5),[S(4,4,dt=jnp.bfloat16),S(4,4,dt=jnp.bfloat16)]),
 'f16_f8':(lambda x: (x.astype(jnp.float8_e4m3fn),x.astype(jnp.float8_e5m2)),[S(4,dt=np.float16)]),
 'ints':(lambda a,b: (a+b,a//b,a%b,a<<2,a>>1,~a,lax.population_count(a)),[S(5,dt=np.int8),S(5,dt=np.int8)]),
 'uints':(lambda a: (a.astype(np.uint64)*3, a^7, lax.clz(a)),[S(5,dt=np.uint32)]),
 'int4':(lambda a: a.astype(jnp.int4).astype(np.int32)+1,[S(6,dt=np.int32)]),
 'complex':(lambda a: (jnp.fft.fft(a),jnp.abs(a),jnp.conj(a)),[S(8,dt=np.complex64)]),
 'rfft':(lambda a: jnp.fft.irfft(jnp.fft.rfft(a)),[S(8)]),
 'conv':(lambda x,k: lax.conv_general_dilated(x,k,(2,1),[(1,1),(0,2)],rhs_dilation=(1,2),dimension_numbers=('NHWC','HWIO','NHWC'),feature_group_count=2),[S(2,8,8,4),S(3,3,2,6)]),
 'grad_conv':(jax.grad(lambda k,x: jnp.sum(lax.conv_general_dilated(x,k,(1,1),'SAME',dimension_numbers=('NHWC','HWIO','NHWC'))**2)),[S(3,3,4,6),S(2,8,8,4)]),
 'maxpool':(jax.grad(lambda x: lax.reduce_window(x,-np.inf,lax.max,(1,2,2,1),(1,2,2,1),'VALID').sum()),[S(1,8,8,3)]),
 'gather':(lambda x,i: x[i],[S(10,4),S(3,dt=np.int32)]),
 'scatter':(lambda x,i,u: x.at[i].add(u),[S(10,4),S(3,dt=np.int32),S(3,4)]),
 'sort':(lambda x: (jnp.sort(x),jnp.argsort(x),lax.top_k(x,3)),[S(12)]),
 'random':(lambda k: (jax.random.normal(jax.random.wrap_key_data(k),(5,)),jax.random.randint(jax.random.wrap_key_data(k),(3,),0,10)),[S(2,dt=np.uint32)]),
 'erf':(lambda x: (jax.scipy.special.erf(x),jax.lax.lgamma(x),jax.lax.digamma(x),jnp.arcsinh(x),jax.lax.erf_inv(x)),[S(5)]),
 'einsum':(lambda a,b: jnp.einsum('bij,bjk->bik',a,b,precision='highest'),[S(2,3,4),S(2,4,5)]),
 'dynamic_slice':(lambda x,i: lax.dynamic_update_slice(x,lax.dynamic_slice(x,(i,jnp.int32(0)),(2,3))*2,(jnp.int32(0),i)),[S(6,6),S(dt=np.int32)]),
 'cumsum':(lambda x: (jnp.cumsum(x,0),lax.cumlogsumexp(x,1),lax.cummax(x)),[S(5,6)]),
 'f64':(lambda x: jnp.linalg.norm(x)*jnp.pi,[S(5,dt=np.float64)]),
 'consts':(lambda x: x+np.arange(200,dtype=np.float32)+np.asarray([True,False]*100),[S(200)]),
 'vmap_grad':(jax.vmap(jax.grad(lambda w,x: jnp.tanh(w@x).sum()),(None,0)),[S(4,3),S(6,3)]),
 'dtypes':(lambda a,b: (a&b,a|b,a.astype(np.float32),jnp.where(a,b,~b)),[S(9,dt=np.bool_),S(9,dt=np.bool_)]),
 'remat':(jax.grad(jax.checkpoint(lambda x: jnp.sin(jnp.sin(x)).sum())),[S(4)]),
 'pad_concat':(lambda a,b: jnp.concatenate([jnp.pad(a,((1,2),(0,3)),constant_values=7),b],0)[::-1,::2],[S(2,3),S(3,6)]),
}
sh={
 'sharded_matmul':(lambda x,w: lax.with_sharding_constraint(x@w,NamedSharding(mesh,P('data','model'))),[(8,4),(4,8)],[P('data',None),P(None,'model')]),
 'shard_map':(jax.shard_map(lambda x: lax.psum(x*lax.axis_index('data'),'data'),mesh=mesh,in_specs=P('data','model'),out_specs=P(None,'model')),[(8,4)],[P('data','model')]),
 'shard_map_gather':(jax.shard_map(lambda x: lax.all_gather(lax.ppermute(x,'model',[(0,1),(1,0)]),'data',tiled=True),mesh=mesh,in_specs=P('data','model'),out_specs=P(None,'model'),check_vma=False),[(8,4)],[P('data','model')]),
}
official = []


def read(name, artifact):
  with mlir.make_ir_context() as context:
    module = stablehlo.deserialize_portable_artifact(context, artifact)
    official.append((name, module.operation.get_asm(enable_debug_info=False)))


def write(name, exported):
  with open(name + '.bc', 'wb') as out:
    out.write(exported.mlir_module_serialized)
  read(name, exported.mlir_module_serialized)


def older(name, version):
  with mlir.make_ir_context() as context, open(name + '.bc', 'rb') as source:
    module = stablehlo.deserialize_portable_artifact(context, source.read())
    artifact = stablehlo.serialize_portable_artifact(module, version)
  with open(f'{name}.v{version}.bc', 'wb') as out:
    out.write(artifact)
  read(f'{name}.v{version}', artifact)


for name, (f, arguments) in fs.items():
  platforms = None if name == 'sort' else ['cpu', 'cuda', 'tpu']
  write(name, export.export(jax.jit(f), platforms=platforms)(*arguments))
for name, (f, shapes, specs) in sh.items():
  arguments = [
      jax.ShapeDtypeStruct(s, np.float32, sharding=NamedSharding(mesh, p))
      for s, p in zip(shapes, specs)
  ]
  exported = export.export(jax.jit(f))(*arguments)
  write(name, exported)
  if name == 'shard_map':
    with open('shard_map.exported', 'wb') as out:
      out.write(exported.serialize())
(b,) = export.symbolic_shape('b')
write('poly', export.export(jax.jit(lambda x: jnp.sin(x).sum(0)))(jax.ShapeDtypeStruct((b, 4), np.float32)))
exported = export.export(jax.jit(lambda x: jnp.sin(x) * x))(S(3))
with open('vjp.exported', 'wb') as out:
  out.write(exported.serialize(vjp_order=2))
for name, version in [
    ('grad_mlp', '1.0.0'),
    ('while', '1.5.0'),
    ('scatter', '1.8.0'),
    ('complex', '1.9.0'),
    ('switch', '0.20.0'),
    ('bf16', '0.15.0'),
    ('conv', '0.14.0'),
    ('ints', '0.9.0'),
]:
  older(name, version)
with open('official.mlir', 'w') as out:
  for name, text in sorted(official):
    out.write('// ----- ' + name + '\n' + text + '\n')
